package io.hindcast.ml.evaluate;

import io.hindcast.api.model.Comparison;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.statistics.DieboldMariano;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Compares a new model with the one in {@code CURRENT} on the same held-out rows.
 *
 * <p>The two may have different feature sets and windows, hence samples of their own; rows are paired by time. Both
 * must predict the same outcome (horizon and threshold): figures of different questions cannot be compared.
 */
public final class ChampionComparison {

    /** Rows scored at once. */
    private static final int BATCH = 1_024;

    private ChampionComparison() {}

    /**
     * The model in {@code CURRENT}.
     *
     * @param inSampleTo end of its in-sample period ({@code Provenance.inSampleTo}): rows at or before it are left out
     * @param scorer its open scorer, which the caller closes
     * @param samples rows in the form that the scorer reads, for at least the time of the new model's test rows
     */
    public record Champion(VersionId version, Instant inSampleTo, Scorer scorer, Samples samples) {}

    /**
     * Scores the champion on the new model's test rows and compares the log losses. Runs on the caller's thread; takes
     * as long as the champion takes to score the rows.
     *
     * @param challenger the new model's scored test rows ({@code TrainedModel.test()})
     * @param check called before each batch of rows; may throw to cancel
     * @return empty if the two predict different outcomes, or share fewer than 2 independent rows after the champion's
     *     in-sample period
     */
    public static Optional<Comparison> compare(Champion champion, ScoredRows challenger, Runnable check) {
        Samples samples = champion.samples();
        if (!samples.label().equals(challenger.samples().label()) || challenger.size() == 0) {
            return Optional.empty();
        }
        long after = Math.max(challenger.firstTime(), champion.inSampleTo().toEpochMilli() + 1);
        RowRange rows = samples.rowsBetween(after, challenger.lastTime());
        double[] scores = new double[rows.size() * Scorer.CLASSES];
        for (int from = rows.from(); from < rows.to(); from += BATCH) {
            check.run();
            RowRange some = new RowRange(from, Math.min(rows.to(), from + BATCH));
            double[] part = new double[some.size() * Scorer.CLASSES];
            champion.scorer().score(samples.matrix(some), some.size(), part);
            System.arraycopy(part, 0, scores, (from - rows.from()) * Scorer.CLASSES, part.length);
        }
        return compare(champion.version(), new ScoredRows(samples, rows, scores), challenger);
    }

    /** Compares two models whose rows are scored already, on the rows of the same time and outcome. */
    static Optional<Comparison> compare(VersionId championId, ScoredRows champion, ScoredRows challenger) {
        double[] championLosses = Evaluator.logLosses(champion.outcomes(), champion.probabilities());
        double[] challengerLosses = Evaluator.logLosses(challenger.outcomes(), challenger.probabilities());
        Signal[] championOutcomes = champion.outcomes();
        Signal[] challengerOutcomes = challenger.outcomes();
        double[] differences = new double[Math.min(champion.size(), challenger.size())];
        long[] times = new long[differences.length];
        int paired = 0;
        for (int i = 0, j = 0; i < champion.size() && j < challenger.size(); ) {
            long time = champion.time(i);
            int order = Long.compare(time, challenger.time(j));
            if (order == 0 && championOutcomes[i] == challengerOutcomes[j]) {
                times[paired] = time;
                differences[paired++] = challengerLosses[j] - championLosses[i];
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        if (paired < 2) {
            return Optional.empty();
        }
        times = Arrays.copyOf(times, paired);
        DieboldMariano test = DieboldMariano.of(
                Arrays.copyOf(differences, paired),
                1 + overlap(times, challenger.samples().horizonMillis()));
        if (!Double.isFinite(test.standardError())) {
            return Optional.empty();
        }
        return Optional.of(new Comparison(
                championId,
                paired,
                test.mean(),
                test.standardError(),
                test.lowerBound(),
                test.pValue(),
                Instant.ofEpochMilli(times[0]),
                Instant.ofEpochMilli(times[paired - 1])));
    }

    /**
     * Returns the mean number of later rows that come before a row's outcome is known, rounded up: h − 1 for candles
     * without gaps and a horizon of h candles; for articles, whose times are irregular, their usual density.
     */
    static int overlap(long[] times, long horizon) {
        long sum = 0;
        int end = 0;
        for (int row = 0; row < times.length; row++) {
            end = Math.max(end, row + 1);
            while (end < times.length && times[end] < times[row] + horizon) {
                end++;
            }
            sum += end - row - 1;
        }
        return Math.toIntExact((sum + times.length - 1) / times.length);
    }
}
