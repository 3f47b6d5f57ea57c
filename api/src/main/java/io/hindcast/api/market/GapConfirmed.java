package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The exchange has no bars for these minutes of a detected gap. */
@Revision("1")
public record GapConfirmed(MarketDayId marketDay, int fromMinute, int toMinute, Instant confirmedAt)
        implements MarketEvent {
    @Override
    public Symbol symbol() {
        return marketDay.symbol();
    }
}
