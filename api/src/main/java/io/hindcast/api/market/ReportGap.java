package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reports missing bars. Minutes that are held, or lie in a known gap, are left out; if none remain, nothing changes.
 *
 * @param fromMinute first missing minute of the day, 0 to 1439
 * @param toMinute last missing minute of the day, at least {@code fromMinute}
 * @param detectedAt market time
 */
public record ReportGap(
        @TargetAggregateIdentifier MarketDayId marketDay, int fromMinute, int toMinute, Instant detectedAt) {}
