package io.hindcast.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.SentimentDayId;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.parquet.DatasetFiles;
import io.hindcast.ml.parquet.DatasetManifest;
import io.hindcast.training.TrainingProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
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
    private static final TestStore STORE = new TestStore();
    private static final Instant END = START.plus(Duration.ofDays(2)).minusSeconds(60);

    private final SlicerLog log = new SlicerLog(BTC, START, 3, END);
    private final TrainingProperties settings = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("hindcast.training", TrainingProperties.class);
    private final DatasetSlicer slicer = new DatasetSlicer(
            new CandleLog(log.store()),
            new SentimentLog(log.store()),
            new ArticleSlicer(new ArticleLog(log.store())),
            STORE.artifacts(),
            settings);

    @AfterAll
    static void closeStore() {
        STORE.close();
    }

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
        return STORE.files(reference(ModelFamily.LIGHTGBM)).samples(windowBars);
    }

    private DatasetRef reference(ModelFamily... families) {
        TrainingSpec spec = new TrainingSpec(LabelSpec.DEFAULT, START, END, 42);
        return slicer.slice(
                new TrainingCycleRequested(BTC, 1, "test", List.of(families), spec, END, Optional.empty()),
                () -> false);
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
        Dataset without = sliced(1);
        count("a", hour(30), hour(30), 0.5);
        Dataset dataset = sliced(1);

        assertThat(dataset.features().name()).isEqualTo("price-v1");
        RowRange all = new RowRange(0, dataset.rows());
        assertThat(dataset.matrix(all)).isEqualTo(without.matrix(all));
    }

    @Test
    void aStoredDatasetIsTheOneBuiltFromItsBars() {
        count("a", hour(1), hour(1.5), 0.5);
        DatasetRef reference = reference(ModelFamily.LIGHTGBM);
        DatasetFiles files = STORE.files(reference);
        Dataset stored = files.samples(30);
        Dataset built = new DatasetBuilder(stored.features(), LabelSpec.DEFAULT, 30)
                .build(
                        files.bars(),
                        new SentimentLog(log.store())
                                .days(BTC, UtcDay.of(START), UtcDay.of(END)).stream()
                                        .map(ScoreTookEffect::score)
                                        .toList(),
                        START,
                        END);

        RowRange all = new RowRange(0, built.rows());
        assertThat(stored.rows()).isEqualTo(built.rows());
        assertThat(stored.matrix(all)).isEqualTo(built.matrix(all));
        assertThat(stored.digest()).isEqualTo(reference.manifest().sha256());
    }

    @Test
    void theSamePositionGivesTheSameDigestWhateverIsRecordedLater() {
        DatasetRef before = reference(ModelFamily.LIGHTGBM, ModelFamily.TRL);
        log.append("BTCUSDT:1m:2022-01-02", later("2022-01-02"));
        log.append("BTCUSDT:1m:2022-01-03", later("2022-01-03"));
        assertThat(reference(ModelFamily.LIGHTGBM, ModelFamily.TRL)).isEqualTo(before);
        assertThat(before.position()).isEqualTo(new LogPosition("BTCUSDT:1m:2022-01-02", 0));
    }

    @Test
    void theManifestDescribesPartsSplitAndSources() {
        DatasetManifest manifest = STORE.files(reference(ModelFamily.LIGHTGBM)).manifest();
        assertThat(manifest.parts()).containsOnlyKeys("rows", "bars");
        assertThat(manifest.counts().bars()).isEqualTo(2 * 1_440);
        assertThat(manifest.counts().samples()).isEqualTo(2 * 1_440 - 1);
        assertThat(manifest.sources().days())
                .isEqualTo(Map.of("BTCUSDT:1m:2022-01-01", 0L, "BTCUSDT:1m:2022-01-02", 0L));
        assertThat(manifest.split().rows())
                .isEqualTo(settings.evaluation()
                        .settings()
                        .splitter()
                        .split(STORE.files(reference(ModelFamily.LIGHTGBM)).samples(1)));
        assertThat(DatasetManifest.fromJson(manifest.toJson())).isEqualTo(manifest);
    }

    @Test
    void refusesTooLittleDataAndAMarketWithoutCandles() {
        TrainingSpec hour = new TrainingSpec(LabelSpec.DEFAULT, START, hour(1), 42);
        assertThatThrownBy(() -> slice(BTC, hour))
                .hasMessageContaining("too little data")
                .hasMessageContaining("2000 or more");
        assertThatThrownBy(() -> slice(new Symbol("ETHUSDT"), hour)).hasMessageContaining("no candles of ETHUSDT");
    }

    private void slice(Symbol symbol, TrainingSpec spec) {
        DatasetRef sliced = slicer.slice(
                new TrainingCycleRequested(
                        symbol, 1, "test", List.of(ModelFamily.LIGHTGBM), spec, END, Optional.empty()),
                () -> false);
        throw new AssertionError(sliced);
    }

    /** A correction that records no bar of the dataset: an event without candles. */
    private static CandlesRecorded later(String date) {
        LocalDate day = LocalDate.parse(date);
        return new CandlesRecorded(
                new MarketDayId(BTC, Interval.ONE_MINUTE, day),
                CandleSource.LIVE,
                END,
                Candles.of(day, List.of()),
                List.of());
    }
}
