package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Confirms that the exchange itself has no bars for a detected gap (such as an outage), so that they are not requested
 * again. Bars that appear later are still recorded.
 */
public record ConfirmGap(
        @TargetAggregateIdentifier MarketDayId marketDay, int fromMinute, int toMinute, Instant confirmedAt) {}
