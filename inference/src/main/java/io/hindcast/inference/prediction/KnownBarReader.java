package io.hindcast.inference.prediction;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.history.market.CandleLog;
import io.hindcast.ml.feature.KnownBar;
import java.time.LocalDate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads recorded candles in the form from which features and labels are computed. */
public final class KnownBarReader {

    private KnownBarReader() {}

    /** Returns every revision of a symbol's bars of these UTC days, both inclusive, as recorded day by day. */
    public static Stream<KnownBar> days(CandleLog log, Symbol symbol, LocalDate from, LocalDate to) {
        return log.days(symbol, Interval.ONE_MINUTE, from, to)
                .flatMap(day -> IntStream.range(0, day.size()).mapToObj(row -> KnownBar.of(day, row)));
    }
}
