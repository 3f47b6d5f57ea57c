package io.hindcast.projections.market;

import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * One revision of one bar on its way into the tables.
 *
 * @param openTime milliseconds since 1970
 */
public record CandleRow(
        LocalDate day,
        long openTime,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal quoteVolume,
        long trades,
        int revision,
        Instant knownAt) {

    /** Adds the rows of an event to {@code rows}. */
    static void addAll(CandlesRecorded event, List<CandleRow> rows) {
        LocalDate day = event.day();
        long midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        Candles bars = event.candles();
        for (int i = 0; i < bars.size(); i++) {
            rows.add(new CandleRow(
                    day,
                    midnight + 60_000L * bars.minute().get(i),
                    bars.open().get(i),
                    bars.high().get(i),
                    bars.low().get(i),
                    bars.close().get(i),
                    bars.volume().get(i),
                    bars.quoteVolume().get(i),
                    bars.trades().get(i),
                    event.revision().get(i),
                    event.knownAt(i)));
        }
    }

    int minuteOfDay() {
        return (int) (openTime % 86_400_000 / 60_000);
    }
}
