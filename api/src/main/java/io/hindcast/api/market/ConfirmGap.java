package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says that the exchange itself has no bars for a detected gap (an outage), so that nobody asks for them again. Bars
 * that turn up later are still recorded.
 */
public record ConfirmGap(
        @TargetAggregateIdentifier MarketDayId marketDay, int fromMinute, int toMinute, Instant confirmedAt) {}
