package io.hindcast.api.news;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Identity of what one symbol's bars came to know of the news on one UTC day, written
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

    /** The day that a moment lies in. */
    public static SentimentDayId holding(Symbol symbol, Instant time) {
        return new SentimentDayId(symbol, time.atZone(ZoneOffset.UTC).toLocalDate());
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + symbol + ':' + day;
    }
}
