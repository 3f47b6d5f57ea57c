package io.hindcast.bench.ml;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.hindcast.simulator.tape.TapeDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Bars of the generated market, and datasets of them. */
final class Bars {

    static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    static final int PER_DAY = 1_440;

    private Bars() {}

    /** Generates days of a market, each bar known at its own close. */
    static List<KnownBar> days(long seed, int days) {
        SyntheticTape tape = new SyntheticTape(new Symbol("BTCUSDT"), seed, FIRST);
        List<KnownBar> bars = new ArrayList<>(days * PER_DAY);
        for (int i = 0; i < days; i++) {
            TapeDay day = tape.day(FIRST.plusDays(i));
            for (int row = 0; day != null && row < day.size(); row++) {
                Bar bar = Bar.of(day.candle(row));
                bars.add(KnownBar.atClose(bar));
            }
        }
        return bars;
    }

    static Dataset dataset(long seed, int days) {
        return windows(seed, days, 1);
    }

    /** Builds a dataset whose rows are windows of {@code bars} bars. */
    static Dataset windows(long seed, int days, int bars) {
        Instant from = UtcDay.start(FIRST);
        return new DatasetBuilder(FeatureSet.priceV1(), LabelSpec.DEFAULT, bars)
                .build(days(seed, days), from, from.plusSeconds(86_400L * days - 60));
    }
}
