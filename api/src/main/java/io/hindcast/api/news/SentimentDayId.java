package io.hindcast.api.news;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Identity of the sentiment that bars of one symbol came to see on one UTC day, written
 * {@code sentiment:BTCUSDT:2022-01-01}.
 */
public record SentimentDayId(Symbol symbol, LocalDate day) {

    private static final String PREFIX = "sentiment:";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SentimentDayId parse(String text) {
        int colon = text.lastIndexOf(':');
        if (!text.startsWith(PREFIX) || colon < PREFIX.length()) {
            throw new IllegalArgumentException("day of sentiment '" + text + "', expected sentiment:SYMBOL:YYYY-MM-DD");
        }
        return new SentimentDayId(
                new Symbol(text.substring(PREFIX.length(), colon)), LocalDate.parse(text.substring(colon + 1)));
    }

    /** Returns the day that contains a moment. */
    public static SentimentDayId holding(Symbol symbol, Instant time) {
        return new SentimentDayId(symbol, UtcDay.of(time));
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + symbol + ':' + day;
    }
}
