package io.hindcast.api.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;

/** Identity of one symbol's bars of one UTC day, written {@code BTCUSDT:1m:2022-01-01}. */
public record MarketDayId(Symbol symbol, Interval interval, LocalDate day) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MarketDayId parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("market day '" + text + "', expected SYMBOL:INTERVAL:YYYY-MM-DD");
        }
        return new MarketDayId(new Symbol(parts[0]), Interval.of(parts[1]), LocalDate.parse(parts[2]));
    }

    /** Returns the day of the bar that opens at {@code openTime}. */
    public static MarketDayId holding(Symbol symbol, Interval interval, Instant openTime) {
        return new MarketDayId(symbol, interval, UtcDay.of(openTime));
    }

    /**
     * Returns the open time of a bar.
     *
     * @param minute index of the bar in the day, from 0
     */
    public Instant openTime(int minute) {
        return UtcDay.start(day).plus(interval.length().multipliedBy(minute));
    }

    @JsonValue
    @Override
    public String toString() {
        return symbol + ":" + interval + ":" + day;
    }
}
