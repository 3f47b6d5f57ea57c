/** Benchmarks of recording candles, reading them back, and building read models. */
@NullMarked
package io.hindcast.bench.market;

import org.jspecify.annotations.NullMarked;
