package io.hindcast.training;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Cuts datasets out of the log, and says up to where it had been read. */
final class DatasetSlicer {
    private static final Interval INTERVAL = Interval.ONE_MINUTE;

    private final CandleLog candles;

    DatasetSlicer(CandleLog candles) {
        this.candles = candles;
    }

    /** A dataset and the last candle event that could have gone into it. */
    record Slice(Dataset dataset, LogPosition position) {}

    Slice slice(
            Symbol symbol,
            FeatureSet features,
            int windowBars,
            LabelSpec label,
            Instant from,
            Instant to,
            BooleanSupplier cancelled) {
        DatasetBuilder builder = new DatasetBuilder(features, label, windowBars);
        List<KnownBar> bars = new ArrayList<>();
        LogPosition position = null;
        Iterator<CandleDay> days = candles.days(symbol, INTERVAL, dayOf(builder.barsNeededFrom(from)), dayOf(to))
                .iterator();
        while (days.hasNext()) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("slicing was cancelled");
            }
            CandleDay day = days.next();
            position = latest(position, day);
            for (int row = 0; row < day.size(); row++) {
                bars.add(known(day, row));
            }
        }
        if (position == null) {
            throw new IllegalArgumentException(
                    "no candles of " + symbol + " are recorded from " + from + " to " + to + ": import history first");
        }
        return new Slice(builder.build(bars, from, to), position);
    }

    private static @Nullable LogPosition latest(@Nullable LogPosition position, CandleDay day) {
        return day.position().orElse(position);
    }

    static KnownBar known(CandleDay day, int row) {
        return new KnownBar(
                new Bar(
                        day.openTime(row),
                        day.open(row),
                        day.high(row),
                        day.low(row),
                        day.close(row),
                        day.volume(row),
                        day.quoteVolume(row),
                        day.trades(row),
                        day.takerBuyVolume(row),
                        day.takerBuyQuoteVolume(row)),
                day.revision(row),
                day.knownAt(row));
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
