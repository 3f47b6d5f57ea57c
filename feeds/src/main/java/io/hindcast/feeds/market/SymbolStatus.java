package io.hindcast.feeds.market;

import io.hindcast.api.market.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One symbol's feed at a moment.
 *
 * @param lastOpenTime of the last bar known to be recorded
 * @param age market time since that bar closed
 * @param quiet wall time since a bar was recorded
 * @param imported bars of history recorded since start
 * @param live bars recorded since start as they closed
 * @param repaired bars recorded since start by REST
 * @param duplicates bars that came again unchanged since start
 * @param gaps runs of missing minutes noticed since start
 * @param refused bars refused since start
 * @param openGaps runs of missing minutes that are still asked for
 * @param problem what is wrong now
 */
public record SymbolStatus(
        Symbol symbol,
        FeedState state,
        Optional<Instant> lastOpenTime,
        Optional<Duration> age,
        Optional<Duration> quiet,
        long imported,
        long live,
        long repaired,
        long duplicates,
        long gaps,
        long refused,
        int openGaps,
        Optional<String> problem) {}
