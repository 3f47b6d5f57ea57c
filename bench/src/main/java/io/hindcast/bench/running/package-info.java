/** Benchmarks of the whole running platform from a client's point of view. */
@org.jspecify.annotations.NullMarked
package io.hindcast.bench.running;
