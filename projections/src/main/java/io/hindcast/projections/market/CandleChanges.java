package io.hindcast.projections.market;

import io.hindcast.projections.OpenTimeRange;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The changes that a batch made to a symbol's candles.
 *
 * @param ranges open times from the first to the last changed bar of each changed day
 * @param lastDayBefore day of the latest bar before the batch; empty without any bar
 * @param lastDay day of the latest bar after the batch; empty without any bar
 */
public record CandleChanges(
        NavigableMap<LocalDate, OpenTimeRange> ranges,
        Optional<LocalDate> lastDayBefore,
        Optional<LocalDate> lastDay) {}
