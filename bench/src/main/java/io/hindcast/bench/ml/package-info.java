/** Benchmarks of features, scoring and training. */
@org.jspecify.annotations.NullMarked
package io.hindcast.bench.ml;
