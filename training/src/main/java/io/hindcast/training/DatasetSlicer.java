package io.hindcast.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.Sentiment;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.feature.FeatureSet;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Slices datasets of bars out of the log. News features are included if a large enough share of the training rows has
 * any news; otherwise a model could only learn that news is missing.
 */
final class DatasetSlicer {

    private final MarketSlicer market;
    private final SentimentLog sentiment;
    private final TrainingProperties settings;

    DatasetSlicer(MarketSlicer market, SentimentLog sentiment, TrainingProperties settings) {
        this.market = market;
        this.sentiment = sentiment;
        this.settings = settings;
    }

    /**
     * A dataset of bars.
     *
     * @param position last candle event that could be in it
     */
    record Slice(Dataset dataset, LogPosition position) {}

    /** Returns the most bars that the dataset of a period can have; cheap. */
    long mostBars(Symbol symbol, Instant from, Instant to) {
        return market.mostBars(symbol, from, to);
    }

    Slice slice(Symbol symbol, int windowBars, LabelSpec label, Instant from, Instant to, BooleanSupplier cancelled) {
        DatasetBuilder builder = new DatasetBuilder(FeatureSet.priceV1(), label, windowBars);
        MarketSlicer.Slice bars = market.slice(symbol, UtcDay.of(builder.barsNeededFrom(from)), from, to, cancelled);
        List<Sentiment.Score> scores = scores(symbol, builder.newsNeededFrom(from), bars.latestKnownAt(to));
        if (!scores.isEmpty()) {
            Dataset dataset = new DatasetBuilder(FeatureSet.priceNewsV1(), label, windowBars)
                    .build(bars.bars(), scores, from, to);
            TrainingProperties.Evaluation evaluation = settings.evaluation();
            int trainRows = (int) (dataset.rows() * (1 - evaluation.validationShare() - evaluation.testShare()));
            if (dataset.newsShare(new RowRange(0, trainRows)) >= settings.data().minNewsShare()) {
                return new Slice(dataset, bars.position());
            }
        }
        return new Slice(builder.build(bars.bars(), List.of(), from, to), bars.position());
    }

    private List<Sentiment.Score> scores(Symbol symbol, Instant from, Instant latest) {
        return sentiment.days(symbol, UtcDay.of(from), UtcDay.of(latest)).stream()
                .map(ScoreTookEffect::score)
                .toList();
    }
}
