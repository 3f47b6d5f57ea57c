/** Candles in, back out, and into the read models. */
@NullMarked
package io.hindcast.bench.market;

import org.jspecify.annotations.NullMarked;
