package io.hindcast.api.market;

import java.time.Instant;
import java.util.Optional;

/**
 * The part of a market that the log holds.
 *
 * @param opened whether the market was ever opened
 * @param liveFrom open time of the first bar that is not history, once it went live
 * @param lastOpenTime of the latest bar held
 * @param missingFrom open time of the first minute, within the days searched and before the latest bar, that is neither
 *     held nor confirmed to have no bar
 */
public record MarketCoverage(
        Symbol symbol,
        boolean opened,
        Optional<Instant> liveFrom,
        Optional<Instant> lastOpenTime,
        Optional<Instant> missingFrom) {}
