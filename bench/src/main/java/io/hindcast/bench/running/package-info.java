/** The whole platform, measured from outside as its users meet it. */
@org.jspecify.annotations.NullMarked
package io.hindcast.bench.running;
