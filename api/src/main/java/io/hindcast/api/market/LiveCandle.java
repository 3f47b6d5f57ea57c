package io.hindcast.api.market;

import java.time.Instant;

/**
 * A candle that has just been recorded.
 *
 * @param revision 0 for a bar first seen, n for its n-th correction
 */
public record LiveCandle(Symbol symbol, Candle candle, int revision, Instant knownAt) {}
