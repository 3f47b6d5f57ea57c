package io.hindcast.projections.market;

import io.hindcast.projections.OpenTimeRange;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What a batch did to a symbol's candles.
 *
 * @param spans for each touched day the first and the last touched bar
 * @param lastDayBefore day of the latest bar before the batch
 * @param lastDay day of the latest bar now
 */
public record CandleChanges(
        NavigableMap<LocalDate, OpenTimeRange> spans, Optional<LocalDate> lastDayBefore, Optional<LocalDate> lastDay) {}
