package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The minutes {@code fromMinute} to {@code toMinute} (both inclusive) of the day are missing. */
@Revision("1")
public record GapDetected(MarketDayId marketDay, int fromMinute, int toMinute, Instant detectedAt)
        implements MarketEvent {
    @Override
    public Symbol symbol() {
        return marketDay.symbol();
    }
}
