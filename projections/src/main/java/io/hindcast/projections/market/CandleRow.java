package io.hindcast.projections.market;

import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.UtcDay;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * One revision of one bar, as an event recorded it.
 *
 * @param index of the bar in the event
 * @param openTime milliseconds since 1970
 */
record CandleRow(CandlesRecorded event, int index, long openTime) {

    /** Adds the bars of an event to {@code rows}. */
    static void addAll(CandlesRecorded event, List<CandleRow> rows) {
        long midnight = UtcDay.start(event.day()).toEpochMilli();
        Candles bars = event.candles();
        for (int i = 0; i < bars.size(); i++) {
            rows.add(new CandleRow(event, i, midnight + 60_000L * bars.minute().get(i)));
        }
    }

    LocalDate day() {
        return event.day();
    }

    int minuteOfDay() {
        return event.candles().minute().get(index);
    }

    BigDecimal open() {
        return event.candles().open().get(index);
    }

    BigDecimal high() {
        return event.candles().high().get(index);
    }

    BigDecimal low() {
        return event.candles().low().get(index);
    }

    BigDecimal close() {
        return event.candles().close().get(index);
    }

    BigDecimal volume() {
        return event.candles().volume().get(index);
    }

    BigDecimal quoteVolume() {
        return event.candles().quoteVolume().get(index);
    }

    long trades() {
        return event.candles().trades().get(index);
    }

    int revision() {
        return event.revision().get(index);
    }

    Instant knownAt() {
        return event.knownAt(index);
    }
}
