package io.hindcast.feeds.market;

import io.hindcast.api.market.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Status of one symbol's feed at a moment.
 *
 * @param openGaps gaps that are still searched
 * @param problem current problem, empty if there is none
 */
public record SymbolStatus(
        Symbol symbol, FeedState state, Freshness freshness, Counts counts, int openGaps, Optional<String> problem) {

    /**
     * How recent the last bar is.
     *
     * @param lastOpenTime of the last bar recorded
     * @param age market time since that bar closed
     * @param quiet wall time since a bar was recorded by this process
     */
    public record Freshness(Optional<Instant> lastOpenTime, Optional<Duration> age, Optional<Duration> quiet) {}

    /**
     * Counts since the start of this process.
     *
     * @param imported bars of history recorded
     * @param live bars recorded as they closed
     * @param repaired bars recorded by gap repair and as corrections
     * @param duplicates bars that came again unchanged
     * @param gaps gaps found
     * @param refused bars refused
     */
    public record Counts(long imported, long live, long repaired, long duplicates, long gaps, long refused) {}
}
