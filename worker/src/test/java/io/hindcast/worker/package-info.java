@org.jspecify.annotations.NullMarked
package io.hindcast.worker;
