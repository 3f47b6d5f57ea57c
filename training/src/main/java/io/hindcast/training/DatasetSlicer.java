package io.hindcast.training;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.Sentiment;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.RowRange;
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

/**
 * Cuts datasets out of the log, and says up to where it had been read. What bars knew of the news is in it if enough of
 * those that are learned from knew anything; else a model could only learn to expect nothing.
 */
final class DatasetSlicer {
    private static final Interval INTERVAL = Interval.ONE_MINUTE;
    private static final long MINUTES_OF_A_DAY = 1_440;

    private final CandleLog candles;
    private final SentimentLog sentiment;
    private final TrainingProperties settings;

    DatasetSlicer(CandleLog candles, SentimentLog sentiment, TrainingProperties settings) {
        this.candles = candles;
        this.sentiment = sentiment;
        this.settings = settings;
    }

    /** A dataset and the last candle event that could have gone into it. */
    record Slice(Dataset dataset, LogPosition position) {}

    /** How many bars a slice has at most; cheap. */
    long bars(Symbol symbol, Instant from, Instant to) {
        return MINUTES_OF_A_DAY * candles.daysRecorded(symbol, INTERVAL, dayOf(from), dayOf(to));
    }

    Slice slice(Symbol symbol, int windowBars, LabelSpec label, Instant from, Instant to, BooleanSupplier cancelled) {
        DatasetBuilder builder = new DatasetBuilder(FeatureSet.priceV1(), label, windowBars);
        List<KnownBar> bars = new ArrayList<>();
        LogPosition position = null;
        Instant latest = to;
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
                latest = latest(latest, Instant.ofEpochMilli(day.knownAt(row)));
            }
        }
        if (position == null) {
            throw new IllegalArgumentException(
                    "no candles of " + symbol + " are recorded from " + from + " to " + to + ": import history first");
        }
        List<Sentiment.Score> scores = scores(symbol, builder.newsNeededFrom(from), latest);
        if (!scores.isEmpty()) {
            Dataset dataset =
                    new DatasetBuilder(FeatureSet.priceNewsV1(), label, windowBars).build(bars, scores, from, to);
            int learned = (int) (dataset.rows()
                    * (1
                            - settings.evaluation().validationShare()
                            - settings.evaluation().testShare()));
            if (dataset.newsShare(new RowRange(0, learned)) >= settings.data().minNewsShare()) {
                return new Slice(dataset, position);
            }
        }
        return new Slice(builder.build(bars, List.of(), from, to), position);
    }

    private List<Sentiment.Score> scores(Symbol symbol, Instant from, Instant latest) {
        return sentiment.days(symbol, dayOf(from), dayOf(latest)).stream()
                .map(ScoreTookEffect::score)
                .toList();
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
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
