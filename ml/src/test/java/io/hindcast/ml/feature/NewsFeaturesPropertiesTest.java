package io.hindcast.ml.feature;

import static io.hindcast.ml.RandomMarket.MIDNIGHT;
import static io.hindcast.ml.RandomMarket.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.Sentiment.Score;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.RowRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * News features of a bar depend only on the scores in effect when it became known, whatever the order of recording.
 * Compares bits, not numbers.
 */
class NewsFeaturesPropertiesTest {

    private static final FeatureSet SET = FeatureSet.priceNewsV1();
    private static final int PRICES = FeatureSet.priceV1().size();
    private static final int BARS = 2 * 1440;
    private static final long DAY = 1440 * MINUTE;
    private static final int WINDOW = 16;

    /** Returns bars, most of which became known shortly after their close, some hours later. */
    private static List<KnownBar> bars(long seed) {
        RandomGenerator random = RandomMarket.random(seed + 2);
        return RandomMarket.bars(MIDNIGHT, BARS, seed).stream()
                .map(bar -> new KnownBar(
                        bar,
                        0,
                        bar.openTime() + MINUTE + random.nextLong(random.nextInt(60) == 0 ? 300 * MINUTE : 500)))
                .toList();
    }

    /**
     * Returns scores of articles from twelve days before the bars on, some seen late, some in effect late, some with a
     * second and third text.
     */
    private static List<Score> scores(long seed) {
        RandomGenerator random = RandomMarket.random(seed + 1);
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            ArticleId id = ArticleId.of(new ArticleUrl("https://example.com/" + i));
            long firstSeen = MIDNIGHT - 12 * DAY + random.nextLong(14 * DAY);
            long from = firstSeen + random.nextLong(3 * DAY) * random.nextInt(2);
            int texts = 1 + random.nextInt(3) * random.nextInt(2);
            for (int reading = 0; reading < texts; reading++) {
                scores.add(new Score(id, reading, firstSeen, from, random.nextDouble(-1, 1)));
                from += random.nextLong(DAY);
            }
        }
        return scores;
    }

    private static PointInTimeFeatures holding(List<KnownBar> bars, List<Score> scores) {
        PointInTimeFeatures features = new PointInTimeFeatures(SET);
        bars.forEach(features::record);
        scores.forEach(features::record);
        return features;
    }

    private static long openTime(int bar) {
        return MIDNIGHT + bar * MINUTE;
    }

    @Property(tries = 10)
    void newsFeaturesMatchTheirDefinition(@ForAll long seed) {
        List<KnownBar> bars = bars(seed);
        List<Score> scores = scores(seed);
        PointInTimeFeatures features = holding(bars, scores);
        PointInTimeFeatures prices = new PointInTimeFeatures(FeatureSet.priceV1());
        bars.forEach(prices::record);
        for (int bar = 0; bar < BARS; bar += 37) {
            double[] all = features.at(openTime(bar));
            assertThat(Arrays.copyOf(all, PRICES)).isEqualTo(prices.at(openTime(bar)));
            double[] expected = plain(scores, bars.get(bar).knownAt());
            for (int i = 0; i < expected.length; i++) {
                if (Double.isNaN(expected[i])) {
                    assertThat(all[PRICES + i]).isNaN();
                } else {
                    assertThat(all[PRICES + i]).isCloseTo(expected[i], within(1e-12));
                }
            }
        }
    }

    /**
     * Computes the definition literally: of each article the newest known text, if the article was seen within a week.
     */
    private static double[] plain(List<Score> scores, long moment) {
        Map<ArticleId, Score> newest = new HashMap<>();
        for (Score score : scores) {
            if (score.from() <= moment) {
                newest.merge(score.articleId(), score, (a, b) -> a.reading() > b.reading() ? a : b);
            }
        }
        double total = 0;
        double weights = 0;
        for (Score score : newest.values()) {
            double days = (moment - score.firstSeen()) / (double) DAY;
            if (days < 7) {
                total += Math.pow(0.5, days) * score.value();
                weights += Math.pow(0.5, days);
            }
        }
        return weights == 0
                ? new double[] {Double.NaN, Double.NaN, Double.NaN}
                : new double[] {total / weights, total, Math.log(1 + weights)};
    }

    @Property(tries = 5)
    void laterScoresChangeNoEarlierBarOrWindow(@ForAll long seed) {
        List<KnownBar> bars = bars(seed);
        List<Score> scores = scores(seed);
        PointInTimeFeatures all = holding(bars, scores);
        for (int bar = WINDOW; bar < BARS; bar += 97) {
            long moment = bars.get(bar).knownAt();
            PointInTimeFeatures then = holding(
                    bars.subList(0, bar + 1),
                    scores.stream().filter(score -> score.from() <= moment).toList());
            assertThat(all.window(openTime(bar), WINDOW)).isEqualTo(then.window(openTime(bar), WINDOW));
        }
    }

    @Property(tries = 5)
    void orderOfRecordingAndReadingChangesNothing(@ForAll long seed) {
        List<KnownBar> bars = bars(seed);
        List<Score> scores = scores(seed);
        PointInTimeFeatures inOrder = holding(bars, scores);
        List<Object> shuffled = new ArrayList<>(bars);
        shuffled.addAll(scores);
        Collections.shuffle(shuffled, new Random(seed));
        PointInTimeFeatures anyOrder = new PointInTimeFeatures(SET);
        long asked = Long.MIN_VALUE;
        for (Object known : shuffled) {
            switch (known) {
                case KnownBar bar -> {
                    anyOrder.record(bar);
                    asked = bar.bar().openTime();
                }
                case Score score -> {
                    anyOrder.record(score);
                    if (asked != Long.MIN_VALUE) {
                        anyOrder.window(asked, WINDOW);
                    }
                    anyOrder.record(new Score(score.articleId(), score.reading(), score.firstSeen(), score.from(), 0));
                }
                default -> throw new AssertionError(known);
            }
        }
        for (int bar = WINDOW; bar < BARS; bar += 61) {
            assertThat(anyOrder.window(openTime(bar), WINDOW)).isEqualTo(inOrder.window(openTime(bar), WINDOW));
        }
    }

    @Property(tries = 5)
    void aScoreRecordedAfterReadingUpdatesTheBarsItAffects(@ForAll long seed) {
        List<Score> scores = scores(seed).stream()
                .filter(score -> score.from() > openTime(BARS - 600))
                .toList();
        List<Score> known = new ArrayList<>();
        PointInTimeFeatures asked = holding(bars(seed), known);
        long last = openTime(BARS - 1);
        for (Score score : scores) {
            asked.window(last, WINDOW);
            asked.window(last - 300 * MINUTE, WINDOW);
            asked.record(score);
            known.add(score);
            PointInTimeFeatures anew = holding(bars(seed), known);
            assertThat(asked.window(last, WINDOW)).isEqualTo(anew.window(last, WINDOW));
            assertThat(asked.window(last - 300 * MINUTE, WINDOW)).isEqualTo(anew.window(last - 300 * MINUTE, WINDOW));
        }
    }

    @Property(tries = 5)
    void discardedDataWasNotNeeded(@ForAll long seed) {
        List<Score> scores = scores(seed);
        PointInTimeFeatures whole = holding(bars(seed), scores);
        PointInTimeFeatures lean = holding(bars(seed), scores);
        lean.forgetBefore(openTime(1440));
        assertSameFrom(1440, lean, whole);
        scores.forEach(lean::record);
        assertSameFrom(1440, lean, whole);
    }

    @Property(tries = 5)
    void articlesBeforeTheNeededPeriodChangeNothing(@ForAll long seed) {
        List<Score> scores = scores(seed);
        long from = new DatasetBuilder(SET, LabelSpec.DEFAULT, WINDOW)
                .newsNeededFrom(Instant.ofEpochMilli(openTime(1440)))
                .toEpochMilli();
        List<Score> needed =
                scores.stream().filter(score -> score.firstSeen() >= from).toList();
        assertThat(needed).hasSizeLessThan(scores.size());
        assertSameFrom(1440, holding(bars(seed), needed), holding(bars(seed), scores));
    }

    private static void assertSameFrom(int first, PointInTimeFeatures actual, PointInTimeFeatures expected) {
        for (int bar = first; bar < BARS; bar += 61) {
            assertThat(actual.at(openTime(bar))).isEqualTo(expected.at(openTime(bar)));
        }
    }

    @Property(tries = 5)
    void noDatasetRowContainsLaterScores(@ForAll long seed) {
        List<KnownBar> bars = bars(seed);
        List<Score> scores = scores(seed);
        long middle = openTime(BARS / 2);
        DatasetBuilder builder = new DatasetBuilder(SET, LabelSpec.DEFAULT, WINDOW);
        Instant from = Instant.ofEpochMilli(MIDNIGHT);
        Instant to = Instant.ofEpochMilli(openTime(BARS - 1));
        Dataset all = builder.build(bars, scores, from, to);
        Dataset then = builder.build(
                bars, scores.stream().filter(score -> score.from() < middle).toList(), from, to);
        double[] one = new double[all.inputs()];
        double[] other = new double[all.inputs()];
        int changed = 0;
        for (int row = 0; row < all.rows(); row++) {
            all.read(row, one, 0);
            then.read(row, other, 0);
            if (!Arrays.equals(one, other)) {
                changed++;
                int bar = (int) ((all.openTime(row) - MIDNIGHT) / MINUTE);
                assertThat(bars.get(bar).knownAt()).isGreaterThanOrEqualTo(middle);
            }
        }
        assertThat(changed).isPositive();
    }

    @Example
    void reportsTheShareOfRowsWithNews() {
        List<KnownBar> bars = RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, 101, 1));
        Score late =
                new Score(ArticleId.of(new ArticleUrl("https://example.com/late")), 0, MIDNIGHT, openTime(75), 0.5);
        LabelSpec next = new LabelSpec(1, 0.015);
        Instant from = Instant.ofEpochMilli(MIDNIGHT);
        Instant to = Instant.ofEpochMilli(openTime(100));
        Dataset dataset = new DatasetBuilder(SET, next).build(bars, List.of(late), from, to);

        assertThat(dataset.newsShare(new RowRange(0, 100))).isEqualTo(0.26);
        assertThat(dataset.newsShare(new RowRange(0, 50))).isZero();
        assertThat(dataset.newsShare(new RowRange(80, 100))).isEqualTo(1);
        assertThat(new DatasetBuilder(FeatureSet.priceV1(), next)
                        .build(bars, List.of(late), from, to)
                        .newsShare(new RowRange(0, 100)))
                .isZero();
    }

    @Example
    void theDefinitionIsPinned() {
        // A change of this hash makes a new feature set: models trained with the old one can no longer be scored.
        assertThat(SET.hash()).isEqualTo("66548bce58a235c015d52117d91a3c178b7147efcc043128db435608e55a687a");
    }

    @Example
    void featureSetsWithoutNewsIgnoreScores() {
        PointInTimeFeatures prices = new PointInTimeFeatures(FeatureSet.priceV1());
        bars(1).forEach(prices::record);
        double[] before = prices.at(openTime(100));
        scores(1).forEach(prices::record);

        assertThat(prices.at(openTime(100))).isEqualTo(before);
        assertThat(FeatureSet.priceV1().readsNews()).isFalse();
        assertThat(SET.readsNews()).isTrue();
        assertThat(FeatureSet.of(SET.ref())).isEqualTo(SET);
        assertThat(SET.names().subList(0, PRICES))
                .isEqualTo(FeatureSet.priceV1().names());
        assertThat(SET.names().subList(PRICES, SET.size())).containsExactly("sentiment", "sentiment_total", "news");
    }
}
