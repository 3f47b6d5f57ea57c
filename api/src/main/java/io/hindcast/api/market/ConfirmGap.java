package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Marks a detected gap as permanent: the exchange has no bars for it, for instance because it was down, so they are not
 * requested again. Bars that appear later are still recorded.
 */
public record ConfirmGap(
        @TargetAggregateIdentifier MarketDayId marketDay, int fromMinute, int toMinute, Instant confirmedAt) {}
