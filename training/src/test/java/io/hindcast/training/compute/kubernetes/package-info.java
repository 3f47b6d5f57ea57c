@org.jspecify.annotations.NullMarked
package io.hindcast.training.compute.kubernetes;
