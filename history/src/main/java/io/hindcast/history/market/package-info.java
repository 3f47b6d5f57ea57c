/** Recorded candles, day by day. */
@NullMarked
package io.hindcast.history.market;

import org.jspecify.annotations.NullMarked;
