@org.jspecify.annotations.NullMarked
package io.hindcast.inference.prediction;
