package io.hindcast.api.prediction;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import java.time.LocalDate;

/** Identity of the predictions of one symbol and UTC day, written {@code predictions:BTCUSDT:1m:2022-01-01}. */
public record PredictionDayId(MarketDayId marketDay) {

    private static final String PREFIX = "predictions:";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PredictionDayId parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "prediction day '" + text + "', expected predictions:SYMBOL:INTERVAL:DAY");
        }
        return new PredictionDayId(MarketDayId.parse(text.substring(PREFIX.length())));
    }

    public Symbol symbol() {
        return marketDay.symbol();
    }

    public Interval interval() {
        return marketDay.interval();
    }

    public LocalDate day() {
        return marketDay.day();
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + marketDay;
    }
}
