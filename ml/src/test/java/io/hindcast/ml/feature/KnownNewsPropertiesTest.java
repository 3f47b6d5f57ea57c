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

/** What a bar knows of the news is what counted when it became known, whatever is recorded when. Bits are compared, not numbers. */
class KnownNewsPropertiesTest {

    private static final FeatureSet SET = FeatureSet.priceNewsV1();
    private static final int PRICES = FeatureSet.priceV1().size();
    private static final int BARS = 2 * 1440;
    private static final long DAY = 1440 * MINUTE;
    private static final int WINDOW = 16;

    private static List<KnownBar> bars(long seed) {
        return RandomMarket.asHistory(RandomMarket.bars(MIDNIGHT, BARS, seed));
    }

    /** Articles of twelve days before the bars and beside them, some seen late, some counted late, some with a second and third text. */
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
    void everyBarKnowsWhatTheDefinitionSays(@ForAll long seed) {
        List<Score> scores = scores(seed);
        PointInTimeFeatures features = holding(bars(seed), scores);
        PointInTimeFeatures prices = new PointInTimeFeatures(FeatureSet.priceV1());
        bars(seed).forEach(prices::record);
        for (int bar = 0; bar < BARS; bar += 37) {
            double[] all = features.at(openTime(bar));
            assertThat(Arrays.copyOf(all, PRICES)).isEqualTo(prices.at(openTime(bar)));
            double[] expected = plain(scores, openTime(bar + 1));
            for (int i = 0; i < expected.length; i++) {
                if (Double.isNaN(expected[i])) {
                    assertThat(all[PRICES + i]).isNaN();
                } else {
                    assertThat(all[PRICES + i]).isCloseTo(expected[i], within(1e-12));
                }
            }
        }
    }

    /** The definition, word for word: of each article the newest text known, if it was seen within a week. */
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
    void whatCountsLaterChangesNoBarAndNoWindowBefore(@ForAll long seed) {
        List<Score> scores = scores(seed);
        PointInTimeFeatures all = holding(bars(seed), scores);
        for (int bar = WINDOW; bar < BARS; bar += 97) {
            long moment = openTime(bar + 1);
            PointInTimeFeatures then = holding(
                    bars(seed).subList(0, bar + 1),
                    scores.stream().filter(score -> score.from() <= moment).toList());
            assertThat(all.window(openTime(bar), WINDOW)).isEqualTo(then.window(openTime(bar), WINDOW));
        }
    }

    @Property(tries = 5)
    void recordedWheneverAndAskedInBetweenTheyChangeOnlyWhatKnowsThem(@ForAll long seed) {
        List<Score> scores = new ArrayList<>(scores(seed));
        PointInTimeFeatures inOrder = holding(bars(seed), scores);
        Collections.shuffle(scores, new Random(seed));
        PointInTimeFeatures anyOrder = holding(bars(seed), List.of());
        RandomGenerator random = RandomMarket.random(seed);
        for (Score score : scores) {
            anyOrder.record(score);
            anyOrder.window(openTime(WINDOW + random.nextInt(BARS - WINDOW)), WINDOW);
            anyOrder.record(new Score(score.articleId(), score.reading(), score.firstSeen(), score.from(), 0));
        }
        for (int bar = WINDOW; bar < BARS; bar += 61) {
            assertThat(anyOrder.window(openTime(bar), WINDOW)).isEqualTo(inOrder.window(openTime(bar), WINDOW));
        }
    }

    @Property(tries = 5)
    void whatIsForgottenWasNotNeeded(@ForAll long seed) {
        List<Score> scores = scores(seed);
        PointInTimeFeatures whole = holding(bars(seed), scores);
        PointInTimeFeatures lean = holding(bars(seed), scores);
        lean.forgetBefore(openTime(1440));
        scores.forEach(lean::record);
        for (int bar = 1440; bar < BARS; bar += 61) {
            assertThat(lean.at(openTime(bar))).isEqualTo(whole.at(openTime(bar)));
        }
    }

    @Property(tries = 5)
    void noRowOfADatasetKnowsWhatCountsLater(@ForAll long seed) {
        List<Score> scores = scores(seed);
        long middle = openTime(BARS / 2);
        DatasetBuilder builder = new DatasetBuilder(SET, LabelSpec.DEFAULT, WINDOW);
        Instant from = Instant.ofEpochMilli(MIDNIGHT);
        Instant to = Instant.ofEpochMilli(openTime(BARS - 1));
        Dataset all = builder.build(bars(seed), scores, from, to);
        Dataset then = builder.build(
                bars(seed),
                scores.stream().filter(score -> score.from() < middle).toList(),
                from,
                to);
        double[] one = new double[all.inputs()];
        double[] other = new double[all.inputs()];
        int changed = 0;
        for (int row = 0; row < all.rows(); row++) {
            all.read(row, one, 0);
            then.read(row, other, 0);
            if (!Arrays.equals(one, other)) {
                changed++;
                assertThat(all.openTime(row) + MINUTE).isGreaterThanOrEqualTo(middle);
            }
        }
        assertThat(changed).isPositive();
    }

    @Example
    void aSetWithoutNewsDoesWithout() {
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
