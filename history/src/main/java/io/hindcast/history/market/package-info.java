/** Recorded candles by UTC day. */
@NullMarked
package io.hindcast.history.market;

import org.jspecify.annotations.NullMarked;
