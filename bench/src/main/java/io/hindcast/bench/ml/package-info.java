/** Features and scoring, bar by bar and in batches. */
@org.jspecify.annotations.NullMarked
package io.hindcast.bench.ml;
