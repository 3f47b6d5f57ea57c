package io.hindcast.query.comparison;

import static io.hindcast.query.comparison.ComparedSide.BRIER;
import static io.hindcast.query.comparison.ComparedSide.GAIN;
import static io.hindcast.query.comparison.ComparedSide.LOG_LOSS;
import static io.hindcast.query.comparison.ComparedSide.RIGHT;
import static io.hindcast.query.comparison.ComparedSide.SERIES;
import static io.hindcast.query.comparison.Trading.profit;

import io.hindcast.api.RefusedException;
import io.hindcast.api.comparison.ComparisonReport;
import io.hindcast.api.comparison.ComparisonReport.Agreement;
import io.hindcast.api.comparison.ComparisonReport.ScoreDifference;
import io.hindcast.api.comparison.ComparisonReport.Tests;
import io.hindcast.api.comparison.FindComparison;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.statistics.DieboldMariano;
import io.hindcast.ml.statistics.McNemar;
import io.hindcast.ml.statistics.StationaryBootstrap;
import io.hindcast.readmodel.TableReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares two versions on common bars, or one version in two periods. */
final class ComparisonReports {

    /** Rows below which nothing is compared. */
    private static final int LEAST_ROWS = 2;

    private ComparisonReports() {}

    static void requireArguments(FindComparison query) {
        ComparedVersion.requireArguments(query.from(), query.to(), query.feeRate());
        if (!query.other().model().symbol().equals(query.version().model().symbol())) {
            throw RefusedException.of(
                    "BAD_VERSION",
                    "other",
                    query.other(),
                    "a version on " + query.version().model().symbol());
        }
        boolean same = query.version().equals(query.other());
        if (query.otherFrom().isEmpty() && same && query.kind() == query.otherKind()) {
            throw RefusedException.of(
                    "SAME_VERSION", "other", query.other(), "another version, or otherFrom with another period");
        }
        query.otherFrom().ifPresent(otherFrom -> {
            if (!same) {
                throw RefusedException.of(
                        "BAD_VERSION", "other", query.other(), query.version() + ", as two periods are compared");
            }
            if (otherFrom.isBefore(query.to())
                    && query.from().isBefore(otherFrom.plus(Duration.between(query.from(), query.to())))) {
                throw RefusedException.of(
                        "BAD_PERIOD",
                        "otherFrom",
                        otherFrom,
                        "a time from which a period of the same length does not overlap " + query.from() + " to "
                                + query.to());
            }
        });
    }

    static ComparisonReport report(TableReader tables, FindComparison query) {
        requireArguments(query);
        Instant otherFrom = query.otherFrom().orElse(query.from());
        Instant otherTo = otherFrom.plus(Duration.between(query.from(), query.to()));
        boolean paired = query.otherFrom().isEmpty();
        ComparedVersion first = ComparedVersion.read(tables, query.version());
        ComparedVersion other = ComparedVersion.read(tables, query.other());
        PredictedBars bars = PredictedBars.read(tables, first, query.kind(), query.from(), query.to());
        PredictedBars otherBars = PredictedBars.read(tables, other, query.otherKind(), otherFrom, otherTo);
        if (paired) {
            PredictedBars all = bars;
            bars = bars.alsoIn(otherBars);
            otherBars = otherBars.alsoIn(all);
            requireRows("common bars", query, bars, otherBars);
        } else {
            requireRows("bars of the first period", query, bars, otherBars);
            requireRows("bars of the other period", query, otherBars, bars);
        }
        Closes closes = Closes.read(tables, first.version().model().symbol(), query.from(), query.to());
        Closes otherCloses =
                paired ? closes : Closes.read(tables, first.version().model().symbol(), otherFrom, otherTo);
        return report(
                query,
                paired,
                ComparedSide.of(first, query.kind(), query.from(), query.to(), bars, closes, query.feeRate()),
                ComparedSide.of(other, query.otherKind(), otherFrom, otherTo, otherBars, otherCloses, query.feeRate()));
    }

    private static void requireRows(String subject, FindComparison query, PredictedBars bars, PredictedBars otherBars) {
        if (bars.size() < LEAST_ROWS) {
            throw RefusedException.of(
                    query.otherFrom().isEmpty() ? "NO_COMMON_BARS" : "NO_BARS",
                    subject,
                    "%d with outcomes; of %s %d and of %s %d predictions"
                            .formatted(
                                    bars.size(),
                                    query.kind(),
                                    bars.predictions(),
                                    query.otherKind(),
                                    otherBars.predictions()),
                    LEAST_ROWS + " or more; try another period or kind of predictions");
        }
    }

    private static ComparisonReport report(
            FindComparison query, boolean paired, ComparedSide first, ComparedSide other) {
        int rows = first.bars().size();
        int otherRows = other.bars().size();
        int horizon = Math.max(
                first.version().label().horizonBars(), other.version().label().horizonBars());
        StationaryBootstrap bootstrap = Resampling.of(Math.max(rows, otherRows), horizon);
        double[][] series = first.series();
        double[][] otherSeries = other.series();
        double[] whole = Resampling.sums(concat(series, otherSeries));
        double[][] resampled =
                paired ? bootstrap.sums(concat(series, otherSeries)) : independent(bootstrap, series, otherSeries);
        boolean sameOutcome = first.version().label().equals(other.version().label());
        return new ComparisonReport(
                first.view(whole, resampled),
                other.view(
                        Arrays.copyOfRange(whole, SERIES, 2 * SERIES),
                        Arrays.stream(resampled)
                                .map(sums -> Arrays.copyOfRange(sums, SERIES, 2 * SERIES))
                                .toArray(double[][]::new)),
                query.feeRate(),
                paired ? Optional.of(agreement(first.bars(), other.bars())) : Optional.empty(),
                sameOutcome
                        ? Optional.of(new ScoreDifference(
                                Resampling.estimate(
                                        whole,
                                        resampled,
                                        sums -> sums[RIGHT] / rows - sums[SERIES + RIGHT] / otherRows),
                                Resampling.estimate(
                                        whole,
                                        resampled,
                                        sums -> sums[LOG_LOSS] / rows - sums[SERIES + LOG_LOSS] / otherRows),
                                Resampling.estimate(
                                        whole,
                                        resampled,
                                        sums -> sums[BRIER] / rows - sums[SERIES + BRIER] / otherRows),
                                paired ? Optional.of(tests(series, otherSeries, horizon)) : Optional.empty()))
                        : Optional.empty(),
                Resampling.estimate(whole, resampled, sums -> profit(sums[GAIN]) - profit(sums[SERIES + GAIN])),
                Resampling.view(bootstrap));
    }

    private static double[][] concat(double[][] one, double[][] other) {
        return Stream.concat(Arrays.stream(one), Arrays.stream(other)).toArray(double[][]::new);
    }

    /** Resamples each side with blocks of its own. */
    private static double[][] independent(StationaryBootstrap bootstrap, double[][] one, double[][] other) {
        double[][] first = bootstrap.sums(one);
        double[][] second =
                new StationaryBootstrap(bootstrap.meanBlock(), bootstrap.resamples(), bootstrap.seed() + 1).sums(other);
        double[][] both = new double[first.length][];
        for (int r = 0; r < both.length; r++) {
            both[r] = Arrays.copyOf(first[r], 2 * SERIES);
            System.arraycopy(second[r], 0, both[r], SERIES, SERIES);
        }
        return both;
    }

    private static Agreement agreement(PredictedBars bars, PredictedBars other) {
        Long[][] signals = new Long[Signal.CLASSES.size()][Signal.CLASSES.size()];
        Arrays.stream(signals).forEach(row -> Arrays.fill(row, 0L));
        long[] right = new long[4];
        for (int row = 0; row < bars.size(); row++) {
            signals[bars.signal(row).classIndex()][other.signal(row).classIndex()]++;
            right[(bars.right(row) ? 0 : 2) + (other.right(row) ? 0 : 1)]++;
        }
        return new Agreement(
                Arrays.stream(signals).map(Arrays::asList).toList(), right[0], right[1], right[2], right[3]);
    }

    private static Tests tests(double[][] series, double[][] other, int horizon) {
        int rows = series[RIGHT].length;
        long onlyFirst = 0;
        long onlyOther = 0;
        double[] losses = new double[rows];
        for (int row = 0; row < rows; row++) {
            onlyFirst += series[RIGHT][row] > other[RIGHT][row] ? 1 : 0;
            onlyOther += series[RIGHT][row] < other[RIGHT][row] ? 1 : 0;
            losses[row] = series[LOG_LOSS][row] - other[LOG_LOSS][row];
        }
        McNemar hits = new McNemar(onlyFirst, onlyOther);
        DieboldMariano losing = DieboldMariano.of(losses, horizon);
        return new Tests(hits.isExact(), hits.pValue(), losing.pValue(), losing.lag());
    }
}
