package io.hindcast.ml.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.model.Comparison;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.score.Scorer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChampionComparisonTest {

    private static final VersionId CHAMPION = VersionId.parse("lightgbm:BTCUSDT:3");
    private static final List<Bar> BARS = RandomMarket.bars(RandomMarket.MIDNIGHT, 3_000, 5);
    private static final Dataset LATE = dataset(1_000, LabelSpec.DEFAULT);
    private static final Dataset EARLY = dataset(0, LabelSpec.DEFAULT);
    private static final RowRange TEST = new RowRange(200, 1_400);

    private static Dataset dataset(int firstBar, LabelSpec label) {
        return new DatasetBuilder(FeatureSet.priceV1(), label)
                .build(
                        RandomMarket.asHistory(BARS),
                        Instant.ofEpochMilli(BARS.get(firstBar).openTime()),
                        Instant.ofEpochMilli(BARS.getLast().openTime()));
    }

    /** Probability of each row's outcome; the rest is shared by the other classes. */
    private static double[] certain(Samples samples, RowRange rows, double likelihood) {
        double[] probabilities = new double[3 * rows.size()];
        Arrays.fill(probabilities, (1 - likelihood) / 2);
        for (int i = 0; i < rows.size(); i++) {
            probabilities[3 * i + samples.outcome(rows.from() + i).classIndex()] = likelihood;
        }
        return probabilities;
    }

    /** Predicts each class with a third. */
    private static final class Undecided implements Scorer {

        @Override
        public ScorerSpec spec() {
            return new ScorerSpec("test", "1");
        }

        @Override
        public int inputs() {
            return EARLY.inputs();
        }

        @Override
        public void score(double[] values, int n, double[] out) {
            Arrays.fill(out, 0, 3 * n, 1.0 / Signal.CLASSES.size());
        }

        @Override
        public void close() {}
    }

    private static ChampionComparison.Champion champion(Instant inSampleTo, Samples samples) {
        return new ChampionComparison.Champion(CHAMPION, inSampleTo, new Undecided(), samples);
    }

    @Test
    void pairsRowsOfDifferentDatasetsByTime() {
        ScoredRows challenger = new ScoredRows(LATE, TEST, certain(LATE, TEST, 0.5));

        Comparison comparison = ChampionComparison.compare(champion(Instant.EPOCH, EARLY), challenger, () -> {})
                .orElseThrow();

        assertThat(comparison.rows()).isEqualTo(TEST.size());
        assertThat(comparison.meanDifference()).isCloseTo(Math.log(1 / 3.0) - Math.log(0.5), within(1e-9));
        assertThat(comparison.from().toEpochMilli()).isEqualTo(challenger.firstTime());
        assertThat(comparison.to().toEpochMilli()).isEqualTo(challenger.lastTime());
    }

    @Test
    void leavesOutTheChampionsInSampleRows() {
        ScoredRows challenger = new ScoredRows(LATE, TEST, certain(LATE, TEST, 0.5));
        Instant seen = Instant.ofEpochMilli(challenger.time(699));

        Comparison comparison = ChampionComparison.compare(champion(seen, EARLY), challenger, () -> {})
                .orElseThrow();

        assertThat(comparison.rows()).isEqualTo(TEST.size() - 700);
        assertThat(comparison.from()).isAfter(seen);
        assertThat(ChampionComparison.compare(
                        champion(Instant.ofEpochMilli(challenger.lastTime()), EARLY), challenger, () -> {}))
                .isEmpty();
    }

    @Test
    void aWorseModelHasAPositiveDifferenceAboveItsBound() {
        double[] noisy = certain(LATE, TEST, 0.3);
        double[] better = certain(LATE, TEST, 0.4);
        for (int row = 0; row < TEST.size(); row += 3) {
            System.arraycopy(better, 3 * row, noisy, 3 * row, 3);
        }
        Comparison comparison = ChampionComparison.compare(
                        CHAMPION,
                        new ScoredRows(LATE, TEST, certain(LATE, TEST, 0.35)),
                        new ScoredRows(LATE, TEST, noisy))
                .orElseThrow();
        double expected = -(2 * Math.log(0.3) + Math.log(0.4)) / 3 + Math.log(0.35);
        assertThat(comparison.meanDifference()).isCloseTo(expected, within(1e-9));
        assertThat(comparison.lowerBound()).isPositive().isLessThan(comparison.meanDifference());
        assertThat(comparison.pValue()).isLessThan(1e-6);
    }

    @Test
    void modelsOfDifferentOutcomesAreNotCompared() {
        Dataset other = dataset(0, new LabelSpec(5, 0.1));
        ScoredRows challenger = new ScoredRows(LATE, TEST, certain(LATE, TEST, 0.5));
        assertThat(ChampionComparison.compare(champion(Instant.EPOCH, other), challenger, () -> {}))
                .isEmpty();
    }

    @Test
    void overlapIsTheHorizonLessOneForCandlesAndTheDensityForArticles() {
        long minute = RandomMarket.MINUTE;
        long[] candles = new long[100];
        Arrays.setAll(candles, i -> i * minute);
        assertThat(ChampionComparison.overlap(candles, minute)).isZero();
        assertThat(ChampionComparison.overlap(candles, 5 * minute)).isEqualTo(4);
        long[] articles = {0, minute, 2 * minute, 50 * minute, 51 * minute, 90 * minute};
        assertThat(ChampionComparison.overlap(articles, 10 * minute)).isEqualTo(1);
    }
}
