package io.hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.SentimentDayId;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.ml.dataset.Dataset;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Sliced datasets have the features with which bars were scored: the news in effect when they became known, and nothing
 * later.
 */
class DatasetSlicerTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(2)).minusSeconds(60);

    private final SlicerLog log = new SlicerLog(BTC, START, 3, END);
    private final TrainingProperties settings = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("hindcast.training", TrainingProperties.class);
    private final DatasetSlicer slicer =
            new DatasetSlicer(new MarketSlicer(new CandleLog(log.store())), new SentimentLog(log.store()), settings);

    private void count(String article, Instant firstSeen, Instant from, double value) {
        SentimentDayId day = SentimentDayId.holding(BTC, from);
        log.append(
                day.toString(),
                new ScoreTookEffect(
                        day,
                        ArticleId.of(new ArticleUrl("https://example.com/" + article)),
                        0,
                        VersionId.parse("trl:BTCUSDT:1"),
                        firstSeen,
                        from,
                        value));
    }

    private static Instant hour(double hour) {
        return START.plusMillis(Math.round(3_600_000 * hour));
    }

    private Dataset sliced(int windowBars) {
        return slicer.slice(BTC, windowBars, LabelSpec.DEFAULT, START, END, () -> false)
                .dataset();
    }

    private static double sentiment(Dataset dataset, Instant bar) {
        int row = row(dataset, bar);
        return dataset.feature(row, dataset.features().names().indexOf("sentiment"));
    }

    private static int row(Dataset dataset, Instant bar) {
        for (int row = 0; row < dataset.rows(); row++) {
            if (dataset.openTime(row) == bar.toEpochMilli()) {
                return row;
            }
        }
        throw new AssertionError("no row of " + bar);
    }

    @Test
    void aBarHasTheSentimentInEffectWhenItBecameKnown() {
        count("a", hour(1), hour(1.5), 0.5);
        count("b", hour(3), hour(3), -0.5);
        Dataset dataset = sliced(1);

        assertThat(dataset.features().name()).isEqualTo("price-news-v1");
        // A bar becomes known at its close, a minute after it opens.
        assertThat(sentiment(dataset, hour(1.5).minusSeconds(120))).isNaN();
        assertThat(sentiment(dataset, hour(1.5).minusSeconds(60))).isEqualTo(0.5);
        assertThat(sentiment(dataset, hour(3).minusSeconds(120))).isEqualTo(0.5);
        assertThat(sentiment(dataset, hour(3).minusSeconds(60))).isBetween(-0.1, 0.0);
    }

    @Test
    void anArticleSeenLateChangesNoEarlierRow() {
        count("a", hour(1), hour(1), 0.5);
        for (int windowBars : new int[] {1, 16}) {
            Dataset before = sliced(windowBars);
            double[] was = new double[before.inputs()];
            double[] is = new double[before.inputs()];
            count("late" + windowBars, hour(30), hour(30.2), -1);
            Dataset after = sliced(windowBars);

            assertThat(after.rows()).isEqualTo(before.rows());
            int changed = 0;
            for (int row = 0; row < before.rows(); row++) {
                before.read(row, was, 0);
                after.read(row, is, 0);
                boolean knew = before.openTime(row) + 60_000 >= hour(30.2).toEpochMilli();
                if (!Arrays.equals(was, is)) {
                    changed++;
                    assertThat(knew)
                            .as("row of %s", Instant.ofEpochMilli(before.openTime(row)))
                            .isTrue();
                }
            }
            assertThat(changed).isPositive();
        }
    }

    @Test
    void scoresAfterTheEndChangeNothing() {
        count("a", hour(1), hour(1), 0.5);
        String before = sliced(1).digest();
        count("later", hour(47), END.plusSeconds(61), -1);

        assertThat(sliced(1).digest()).isEqualTo(before);
    }

    @Test
    void leavesOutNewsThatFewRowsHave() {
        String without = sliced(1).digest();
        count("a", hour(30), hour(30), 0.5);
        Dataset dataset = sliced(1);

        assertThat(dataset.features().name()).isEqualTo("price-v1");
        assertThat(dataset.digest()).isEqualTo(without);
    }
}
