package io.hindcast.query.comparison;

import io.hindcast.api.RefusedException;
import io.hindcast.api.comparison.CoverageCurve;
import io.hindcast.api.comparison.CoverageCurve.Point;
import io.hindcast.api.comparison.Estimate;
import io.hindcast.api.comparison.FindCoverage;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.statistics.StationaryBootstrap;
import io.hindcast.readmodel.TableReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Scores a version by the confidence that a signal needs to be taken. */
final class CoverageCurves {

    /** Confidences compared, one for each 5 % of the validation rows. */
    private static final int POINTS = 20;

    /** Signals taken below which no accuracy is given. */
    private static final int LEAST_TAKEN = 30;

    private CoverageCurves() {}

    static CoverageCurve curve(TableReader tables, FindCoverage query) {
        ComparedVersion.requireArguments(query.from(), query.to(), query.feeRate());
        if (!query.testFrom().isAfter(query.from()) || !query.testFrom().isBefore(query.to())) {
            throw RefusedException.of(
                    "BAD_PERIOD",
                    "testFrom",
                    query.testFrom(),
                    "a time between from, which is " + query.from() + ", and to, which is " + query.to());
        }
        ComparedVersion version = ComparedVersion.read(tables, query.version());
        PredictedBars bars = PredictedBars.read(tables, version, query.kind(), query.from(), query.to());
        int testFrom = Closes.minute(query.testFrom());
        // The outcomes of the last validation rows reach into the later days.
        int validationTo = testFrom - version.label().horizonBars();
        PredictedBars validation = bars.where(row -> bars.minute(row) < validationTo);
        PredictedBars test = bars.where(row -> bars.minute(row) >= testFrom);
        requireRows(query, "from", validation);
        requireRows(query, "testFrom", test);
        Closes closes = Closes.read(tables, query.version().model().symbol(), query.from(), query.to());
        StationaryBootstrap bootstrap = Resampling.of(
                Math.max(validation.size(), test.size()), version.label().horizonBars());
        double[] confidences = confidences(validation);
        List<Point> chosenFrom = points(validation, closes, query.feeRate(), confidences, bootstrap);
        return new CoverageCurve(
                query.version(),
                query.kind(),
                query.from(),
                query.testFrom(),
                query.to(),
                query.feeRate(),
                chosenFrom,
                points(test, closes, query.feeRate(), confidences, bootstrap),
                chosen(chosenFrom),
                Resampling.view(bootstrap));
    }

    private static void requireRows(FindCoverage query, String subject, PredictedBars bars) {
        if (bars.size() < LEAST_TAKEN) {
            throw RefusedException.of(
                    "NO_BARS",
                    subject,
                    bars.size() + " " + query.kind() + " predictions of " + query.version() + " with outcomes",
                    LEAST_TAKEN + " or more on either side of testFrom");
        }
    }

    private static double[] confidences(PredictedBars validation) {
        double[] sorted = IntStream.range(0, validation.size())
                .mapToDouble(validation::confidence)
                .sorted()
                .toArray();
        DoubleStream quantiles =
                IntStream.range(0, POINTS).mapToDouble(k -> sorted[(int) ((long) k * sorted.length / POINTS)]);
        return quantiles.distinct().toArray();
    }

    private static int chosen(List<Point> validation) {
        int best = 0;
        for (int i = 1; i < validation.size(); i++) {
            if (validation.get(i).profitAfterFees().value()
                    > validation.get(best).profitAfterFees().value()) {
                best = i;
            }
        }
        return best;
    }

    private static List<Point> points(
            PredictedBars bars, Closes closes, double feeRate, double[] confidences, StationaryBootstrap bootstrap) {
        double hold = Trading.follow(bars, closes, feeRate, row -> Signal.BUY).profitAfterFees();
        StationaryBootstrap.Blocks blocks = bootstrap.blocks(bars.size());
        return Arrays.stream(confidences)
                .mapToObj(confidence -> point(bars, closes, feeRate, confidence, blocks, hold))
                .toList();
    }

    private static Point point(
            PredictedBars bars,
            Closes closes,
            double feeRate,
            double confidence,
            StationaryBootstrap.Blocks blocks,
            double buyAndHold) {
        Trading trading = Trading.follow(
                bars, closes, feeRate, row -> bars.confidence(row) >= confidence ? bars.signal(row) : Signal.HOLD);
        double[] taken = new double[bars.size()];
        double[] right = new double[bars.size()];
        for (int row = 0; row < taken.length; row++) {
            taken[row] = bars.confidence(row) >= confidence ? 1 : 0;
            right[row] = bars.right(row) ? taken[row] : 0;
        }
        double[] whole = Resampling.sums(taken, right, trading.afterFees());
        double[][] resampled = blocks.sums(taken, right, trading.afterFees());
        boolean enough = whole[0] >= LEAST_TAKEN;
        PredictedBars some = bars.where(row -> taken[row] == 1);
        Optional<Estimate> accuracy = enough
                ? Optional.of(Resampling.estimate(whole, resampled, sums -> sums[0] == 0 ? 0 : sums[1] / sums[0]))
                : Optional.empty();
        return new Point(
                confidence,
                some.size(),
                (double) some.size() / bars.size(),
                accuracy,
                enough ? Optional.of(some.tally().share(some.tally().majority())) : Optional.empty(),
                Resampling.estimate(whole, resampled, sums -> Trading.profit(sums[2])),
                buyAndHold,
                trading.trades());
    }
}
