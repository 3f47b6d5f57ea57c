package io.hindcast.ml.parquet;

import static io.hindcast.ml.RandomMarket.MIDNIGHT;
import static io.hindcast.ml.RandomMarket.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.Sentiment;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetAssembler;
import io.hindcast.ml.dataset.DatasetAssembler.RowCount;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.RowStream;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.trl.NewsArticle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are computed day by day and stored, against the dataset that is built from all bars at once. */
class StoredDatasetTest {

    private static final int DAY = 1_440;
    private static final int DAYS = 7;
    private static final int FROM = 3 * DAY + 100;
    private static final int TO = DAYS * DAY - 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1,5", "30,5", "1,1500", "128,30", "1024,720"})
    void rowsOfADayAtATimeAreThoseOfTheWholeBuild(int windowBars, int horizon) {
        LabelSpec label = new LabelSpec(horizon, 0.015);
        List<KnownBar> bars = market();
        List<Sentiment.Score> scores = news();
        for (FeatureSet features : List.of(FeatureSet.priceV1(), FeatureSet.priceNewsV1())) {
            Dataset whole = new DatasetBuilder(features, label, windowBars).build(bars, scores, at(FROM), at(TO));
            Path file = folder.resolve(features.name());
            RowCount rows = write(file, features, label, bars, scores);

            DatasetAssembler read = new DatasetAssembler(features, label, windowBars, rows);
            RowsFile.read(file, features, read);
            Dataset stored = read.dataset("");

            assertThat(stored.rows()).isEqualTo(whole.rows()).isPositive();
            assertThat(stored.digest()).isEqualTo(whole.digest());
            double[] expected = new double[whole.inputs()];
            double[] actual = new double[whole.inputs()];
            for (int row = 0; row < whole.rows(); row++) {
                whole.read(row, expected, 0);
                stored.read(row, actual, 0);
                assertThat(actual).isEqualTo(expected);
            }
        }
    }

    @Test
    void featuresOfPricesAreAPrefixOfThoseWithNews() {
        LabelSpec label = new LabelSpec(5, 0.015);
        Path file = folder.resolve("rows");
        RowCount rows = write(file, FeatureSet.priceNewsV1(), label, market(), news());
        DatasetAssembler prices = new DatasetAssembler(FeatureSet.priceV1(), label, 30, rows);
        RowsFile.read(file, FeatureSet.priceNewsV1(), prices);
        assertThat(prices.dataset("").digest())
                .isEqualTo(new DatasetBuilder(FeatureSet.priceV1(), label, 30)
                        .build(market(), at(FROM), at(TO))
                        .digest());
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws IOException {
        LabelSpec label = new LabelSpec(5, 0.015);
        write(folder.resolve("a"), FeatureSet.priceV1(), label, market(), List.of());
        write(folder.resolve("b"), FeatureSet.priceV1(), label, market(), List.of());
        assertThat(Files.readAllBytes(folder.resolve("a"))).isEqualTo(Files.readAllBytes(folder.resolve("b")));
    }

    @Test
    void barsAndArticlesComeBackAsTheyWere() {
        List<KnownBar> bars = market();
        try (BarsFile.Writer file = new BarsFile.Writer(folder.resolve("bars"))) {
            bars.forEach(file::add);
        }
        List<NewsArticle> articles = List.of(
                new NewsArticle("a", "Bitcoin rises", "", MIDNIGHT, MIDNIGHT + 5),
                new NewsArticle("b", "Überschuss — 比特币", "Zeile\nZeile", MIDNIGHT));
        try (ArticlesFile.Writer file = new ArticlesFile.Writer(folder.resolve("articles"))) {
            articles.forEach(file::add);
        }
        List<KnownBar> read = new ArrayList<>();
        BarsFile.read(folder.resolve("bars"), read::add);
        assertThat(read).isEqualTo(bars);
        assertThat(ArticlesFile.read(folder.resolve("articles"))).isEqualTo(articles);
    }

    @Test
    void refusesATruncatedFileAndForeignColumns() throws IOException {
        Path file = folder.resolve("rows");
        RowCount rows = write(file, FeatureSet.priceV1(), new LabelSpec(5, 0.015), market(), List.of());
        assertThat(rows.labelled()).isPositive();
        assertThatThrownBy(() -> RowsFile.read(file, FeatureSet.priceNewsV1(), row -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("feature_sentiment");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> RowsFile.read(file, FeatureSet.priceV1(), row -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no readable Parquet file");
    }

    private static RowCount write(
            Path file, FeatureSet features, LabelSpec label, List<KnownBar> bars, List<Sentiment.Score> scores) {
        Map<LocalDate, List<KnownBar>> days = bars.stream()
                .filter(known -> known.bar().openTime() <= at(TO).toEpochMilli())
                .collect(Collectors.groupingBy(
                        known -> UtcDay.of(Instant.ofEpochMilli(known.bar().openTime())),
                        TreeMap::new,
                        Collectors.toList()));
        long[] labelled = new long[1];
        try (RowsFile.Writer out = new RowsFile.Writer(file, features)) {
            RowStream rows = new RowStream(features, label, at(FROM), at(TO), row -> {
                labelled[0] += row.label().isPresent() ? 1 : 0;
                out.accept(row);
            });
            scores.forEach(rows::score);
            for (LocalDate day = rows.firstDay(); !day.isAfter(UtcDay.of(at(TO))); day = day.plusDays(1)) {
                rows.day(day, days.getOrDefault(day, List.of()));
            }
            rows.finish();
            return new RowCount(out.rows(), labelled[0]);
        }
    }

    private static Instant at(int minute) {
        return Instant.ofEpochMilli(MIDNIGHT + minute * MINUTE);
    }

    /** A market with gaps, late bars, revisions at once and days later, and a revision whose first one is missing. */
    private static List<KnownBar> market() {
        RandomGenerator random = RandomMarket.random(7);
        List<KnownBar> bars = new ArrayList<>();
        for (Bar bar : RandomMarket.bars(MIDNIGHT, DAYS * DAY, 3)) {
            double kind = random.nextDouble();
            long minute = (bar.openTime() - MIDNIGHT) / MINUTE;
            boolean outage = minute > 4 * DAY + 600 && minute < 4 * DAY + 660;
            if (kind < 0.0005 || outage) {
                continue;
            }
            long late = kind < 0.005 ? random.nextLong(1, 3 * DAY) * MINUTE : 0;
            int revision = kind > 0.998 ? 1 : 0;
            bars.add(new KnownBar(bar, revision, bar.openTime() + MINUTE + late));
            if (kind > 0.9 && kind < 0.92) {
                Bar corrected = RandomMarket.bars(bar.openTime(), 1, minute).getFirst();
                bars.add(new KnownBar(corrected, 1, bar.openTime() + random.nextLong(1, 2 * DAY) * MINUTE));
            }
        }
        return bars;
    }

    private static List<Sentiment.Score> news() {
        RandomGenerator random = RandomMarket.random(11);
        List<Sentiment.Score> scores = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long seen = MIDNIGHT + random.nextLong(0, (long) DAYS * DAY) * MINUTE;
            scores.add(new Sentiment.Score(
                    ArticleId.of(new ArticleUrl("https://example.com/" + i)),
                    0,
                    seen,
                    seen + random.nextLong(0, 600_000),
                    random.nextDouble() * 2 - 1));
        }
        return scores;
    }
}
