package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Every minute of the gap that began at {@code fromMinute} has since been recorded. */
@Revision("1")
public record GapRepaired(MarketDayId marketDay, int fromMinute, int toMinute, Instant repairedAt)
        implements MarketEvent {
    @Override
    public Symbol symbol() {
        return marketDay.symbol();
    }
}
