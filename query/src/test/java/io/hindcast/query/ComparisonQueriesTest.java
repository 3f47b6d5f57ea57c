package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.comparison.ComparisonReport;
import io.hindcast.api.comparison.ComparisonReport.Agreement;
import io.hindcast.api.comparison.ComparisonReport.ScoreDifference;
import io.hindcast.api.comparison.CoverageCurve;
import io.hindcast.api.comparison.DisagreementPage;
import io.hindcast.api.comparison.DisagreementPage.Disagreement;
import io.hindcast.api.comparison.Estimate;
import io.hindcast.api.comparison.FindComparison;
import io.hindcast.api.comparison.FindCoverage;
import io.hindcast.api.comparison.FindDisagreements;
import io.hindcast.api.comparison.FindRollingScores;
import io.hindcast.api.comparison.RollingScores;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.FindPredictions;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionPage;
import io.hindcast.api.prediction.PredictionView;
import io.hindcast.api.prediction.Signal;
import io.hindcast.projections.MarketScript;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ComparisonQueriesTest {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final LocalDate THIRD = FIRST.plusDays(2);
    private static final MarketScript SCRIPT = new MarketScript("BTCUSDT", 33);
    private static final double FEE = 0.001;
    private static TestQueries queries;

    /** Versions 1 and 2 predict live, in part late; 3 has another label; 4 has predictions from the log only. */
    @BeforeAll
    static void start() {
        queries = new TestQueries();
        SCRIPT.open().candles(FIRST, 0, 1440, CandleSource.HISTORY);
        SCRIPT.model(1, LabelSpec.DEFAULT, at(FIRST, 1400))
                .model(2, LabelSpec.DEFAULT, at(FIRST, 1400))
                .model(3, new LabelSpec(3, 0.05), at(FIRST, 1400))
                .model(4, LabelSpec.DEFAULT, at(FIRST, 1400));
        for (LocalDate day : List.of(SECOND, THIRD)) {
            for (int minute = 0; minute < 1440; minute += 10) {
                SCRIPT.candles(day, minute, minute + 10, CandleSource.LIVE);
                // Version 2 leaves every twentieth period out.
                SCRIPT.predictions(
                        day,
                        minute,
                        minute + 10,
                        minute % 200 == 50 ? List.of(1, 3) : List.of(1, 2, 3),
                        minute % 100 == 0 ? PredictionOrigin.LATE : PredictionOrigin.LIVE,
                        at(day, minute + 10));
            }
        }
        SCRIPT.backfill(SECOND, 0, 1440, 4, at(THIRD, 5));
        queries.publish(SCRIPT.take());
    }

    @AfterAll
    static void stop() {
        queries.close();
    }

    private static FindComparison comparison(int version, int other, Instant from, Instant to) {
        return new FindComparison(
                SCRIPT.version(version),
                SCRIPT.version(other),
                from,
                to,
                Optional.empty(),
                PerformanceKind.LIVE,
                PerformanceKind.LIVE,
                FEE,
                Optional.empty());
    }

    private static FindComparison twoVersions() {
        return comparison(1, 2, at(SECOND, 100), at(THIRD, 1200));
    }

    private static ComparisonReport ask(FindComparison query) {
        return queries.ask(query, ComparisonReport.class);
    }

    private record Pair(PredictionView first, PredictionView other) {
        boolean firstRight() {
            return first.outcome().equals(Optional.of(first.signal()));
        }

        boolean otherRight() {
            return other.outcome().equals(Optional.of(other.signal()));
        }
    }

    /** Pairs live predictions of versions 1 and 2 with outcomes, one by one. */
    private static List<Pair> pairs(Instant from, Instant to) {
        List<Pair> pairs = new ArrayList<>();
        List<PredictionView> others = live(SCRIPT.version(2), from, to);
        for (PredictionView first : live(SCRIPT.version(1), from, to)) {
            others.stream()
                    .filter(other -> other.openTime().equals(first.openTime()))
                    .forEach(other -> pairs.add(new Pair(first, other)));
        }
        return pairs;
    }

    private static List<PredictionView> live(VersionId version, Instant from, Instant to) {
        List<PredictionView> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        PredictionPage page;
        do {
            page = queries.ask(
                    new FindPredictions(
                            SCRIPT.symbol(), Optional.of(version), from, to, Optional.empty(), 2000, cursor),
                    PredictionPage.class);
            page.predictions().stream()
                    .filter(one -> one.origin() == PredictionOrigin.LIVE
                            && one.outcome().isPresent())
                    .forEach(found::add);
            cursor = page.cursors().isEmpty()
                    ? Optional.empty()
                    : Optional.of(page.cursors().getLast());
        } while (page.hasNext());
        return found;
    }

    @Test
    void comparesOnlyBarsThatBothPredictedLive() {
        ComparisonReport report = ask(twoVersions());
        List<Pair> pairs = pairs(at(SECOND, 100), at(THIRD, 1200));
        Agreement agreement = report.agreement().orElseThrow();

        assertThat(report.first().scores().rows()).isEqualTo(pairs.size());
        assertThat(report.other().scores().rows()).isEqualTo(pairs.size());
        assertThat(report.first().predictions())
                .isGreaterThan(report.first().scores().rows());
        for (Signal first : Signal.CLASSES) {
            for (Signal other : Signal.CLASSES) {
                assertThat(agreement.signals().get(first.classIndex()).get(other.classIndex()))
                        .isEqualTo(pairs.stream()
                                .filter(pair -> pair.first.signal() == first && pair.other.signal() == other)
                                .count());
            }
        }
        long onlyFirst = pairs.stream()
                .filter(pair -> pair.firstRight() && !pair.otherRight())
                .count();
        long onlyOther = pairs.stream()
                .filter(pair -> !pair.firstRight() && pair.otherRight())
                .count();
        assertThat(agreement.onlyFirst()).isEqualTo(onlyFirst);
        assertThat(agreement.onlyOther()).isEqualTo(onlyOther);
        assertThat(agreement.bothRight() + agreement.onlyFirst())
                .isEqualTo(pairs.stream().filter(Pair::firstRight).count());
        assertThat(agreement.same()
                        + pairs.stream()
                                .filter(pair -> pair.first.signal() != pair.other.signal())
                                .count())
                .isEqualTo(pairs.size());
        ScoreDifference scores = report.scores().orElseThrow();
        assertThat(scores.accuracy().value()).isCloseTo((double) (onlyFirst - onlyOther) / pairs.size(), within(1e-12));
        assertThat(scores.logLoss().value())
                .isCloseTo(
                        report.first().scores().logLoss()
                                - report.other().scores().logLoss(),
                        within(1e-9));
    }

    @Test
    void everyScoreStandsBesideItsBaselines() {
        ComparisonReport report = ask(twoVersions());
        List<Pair> pairs = pairs(at(SECOND, 100), at(THIRD, 1200));

        long majority = Signal.CLASSES.stream()
                .mapToLong(signal -> pairs.stream()
                        .filter(pair -> pair.first.outcome().equals(Optional.of(signal)))
                        .count())
                .max()
                .orElseThrow();
        assertThat(report.first().baselines().majorityAccuracy())
                .isCloseTo((double) majority / pairs.size(), within(1e-12));
        assertThat(report.first().baselines()).isEqualTo(report.other().baselines());
        assertThat(report.first().baselines().constantLogLoss()).isBetween(0.0, Math.log(3));
    }

    @Test
    void randomSignalsDoNotDifferBeyondChance() {
        ComparisonReport report = ask(twoVersions());
        ScoreDifference scores = report.scores().orElseThrow();

        assertThat(scores.tests().orElseThrow().mcNemar()).isGreaterThan(0.01);
        assertThat(scores.tests().orElseThrow().dieboldMariano()).isGreaterThan(0.01);
        assertContains(scores.accuracy());
        assertContains(scores.logLoss());
        assertContains(report.profit());
        assertContains(report.first().profitAfterFees());
        assertThat(report).isEqualTo(ask(twoVersions()));
    }

    private static void assertContains(Estimate estimate) {
        assertThat(estimate.value()).isBetween(estimate.low(), estimate.high());
        assertThat(estimate.low()).isLessThan(estimate.high());
    }

    /** Swapping the versions negates every difference and leaves the p-values. */
    @Test
    void doesNotDependOnWhichVersionComesFirst() {
        ComparisonReport there = ask(twoVersions());
        ComparisonReport back = ask(comparison(2, 1, at(SECOND, 100), at(THIRD, 1200)));

        assertThat(back.first()).usingRecursiveComparison().isEqualTo(there.other());
        assertThat(back.profit().value()).isCloseTo(-there.profit().value(), within(1e-12));
        assertThat(back.scores().orElseThrow().accuracy().low())
                .isCloseTo(-there.scores().orElseThrow().accuracy().high(), within(1e-9));
        assertThat(back.scores().orElseThrow().tests().orElseThrow().mcNemar())
                .isEqualTo(there.scores().orElseThrow().tests().orElseThrow().mcNemar());
    }

    /** On bars that one version alone predicted in time, profit equals that of the performance query. */
    @Test
    void profitIsThatOfTheSameTrades() {
        Instant from = at(SECOND, 110);
        Instant to = at(SECOND, 200);
        ComparisonReport report = ask(comparison(1, 3, from, to));
        PerformanceReport performance =
                queries.ask(new FindPerformance(SCRIPT.symbol(), from, to, FEE, false), PerformanceReport.class);

        assertThat(report.first().scores().rows()).isEqualTo(90);
        assertThat(report.first().profitAfterFees().value())
                .isCloseTo(performance.versions().getFirst().lane().profitAfterFees(FEE), within(1e-12));
        assertThat(report.first().trades())
                .isEqualTo(performance
                        .versions()
                        .getFirst()
                        .lane()
                        .summary()
                        .fromFlat()
                        .trades());
    }

    @Test
    void versionsWithDifferentOutcomesAreComparedBySignalsAndProfitOnly() {
        ComparisonReport report = ask(comparison(1, 3, at(SECOND, 0), at(THIRD, 0)));

        assertThat(report.scores()).isEmpty();
        assertThat(report.agreement()).isPresent();
        assertContains(report.profit());
    }

    @Test
    void comparesOneVersionInTwoPeriods() {
        FindComparison query = new FindComparison(
                SCRIPT.version(1),
                SCRIPT.version(1),
                at(SECOND, 0),
                at(SECOND, 1000),
                Optional.of(at(THIRD, 0)),
                PerformanceKind.LIVE,
                PerformanceKind.LIVE,
                FEE,
                Optional.empty());
        ComparisonReport report = ask(query);

        assertThat(report.agreement()).isEmpty();
        assertThat(report.other().to()).isEqualTo(at(THIRD, 1000));
        assertThat(report.scores().orElseThrow().tests()).isEmpty();
        assertContains(report.scores().orElseThrow().accuracy());
        assertThat(report.first().scores()).isNotEqualTo(report.other().scores());
    }

    @Test
    void asOfLeavesOutWhatWasRecordedLater() {
        FindComparison now = twoVersions();
        Instant asOf = at(SECOND, 500);
        FindComparison then = new FindComparison(
                now.version(),
                now.other(),
                now.from(),
                now.to(),
                Optional.empty(),
                now.kind(),
                now.otherKind(),
                FEE,
                Optional.of(asOf));

        ComparisonReport report = ask(then);
        assertThat(report.first().scores().rows())
                .isEqualTo(pairs(at(SECOND, 100), at(SECOND, 499)).size());
    }

    @Test
    void kindsOfPredictionsAreNeverMixed() {
        FindComparison live = comparison(1, 4, at(SECOND, 0), at(THIRD, 0));
        queries.assertRefused(live, "NO_COMMON_BARS", "common bars");
        FindComparison reconciled = new FindComparison(
                live.version(),
                live.other(),
                live.from(),
                live.to(),
                Optional.empty(),
                PerformanceKind.LIVE,
                PerformanceKind.RECONCILED,
                FEE,
                Optional.empty());
        assertThat(ask(reconciled).other().scores().rows())
                .isEqualTo(live(SCRIPT.version(1), at(SECOND, 0), at(THIRD, 0)).size());
    }

    @Test
    void pagesThroughTheBarsOnWhichSignalsDiffer() {
        FindComparison query = twoVersions();
        List<Disagreement> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        DisagreementPage page;
        do {
            page = queries.ask(new FindDisagreements(query, 97, cursor), DisagreementPage.class);
            found.addAll(page.bars());
            cursor = Optional.of(page.cursors().getLast());
        } while (page.hasNext());

        List<Pair> expected = pairs(query.from(), query.to()).stream()
                .filter(pair -> pair.first.signal() != pair.other.signal())
                .toList();
        assertThat(found)
                .extracting(Disagreement::openTime)
                .containsExactlyElementsOf(
                        expected.stream().map(pair -> pair.first.openTime()).toList());
        assertThat(found).allMatch(bar -> bar.signal() != bar.other() && bar.confidence() >= 1 / 3.0);
        assertThat(found)
                .extracting(Disagreement::outcome)
                .containsExactlyElementsOf(
                        expected.stream().map(pair -> pair.first.outcome()).toList());
    }

    @Test
    void coverageFallsAsTheConfidenceRises() {
        CoverageCurve curve = queries.ask(
                new FindCoverage(
                        SCRIPT.version(1),
                        at(SECOND, 0),
                        at(THIRD, 0),
                        at(THIRD, 1440),
                        PerformanceKind.LIVE,
                        FEE,
                        Optional.empty()),
                CoverageCurve.class);

        assertThat(curve.validation()).hasSize(20);
        assertThat(curve.validation().getFirst().coverage()).isEqualTo(1);
        assertThat(curve.validation())
                .extracting(CoverageCurve.Point::coverage)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        double best = curve.validation().get(curve.chosen()).profitAfterFees().value();
        assertThat(curve.validation()).allMatch(point -> point.profitAfterFees().value() <= best);
        assertThat(curve.test())
                .extracting(CoverageCurve.Point::confidence)
                .containsExactlyElementsOf(curve.validation().stream()
                        .map(CoverageCurve.Point::confidence)
                        .toList());
        // All signals taken: the same trades as in a comparison of these days.
        assertThat(curve.test().getFirst().profitAfterFees().value())
                .isCloseTo(
                        ask(comparison(1, 3, at(THIRD, 0), at(THIRD, 1440)))
                                .first()
                                .profitAfterFees()
                                .value(),
                        within(0.02));
    }

    @Test
    void rollingScoresAreThoseOfTheWindows() {
        RollingScores daily = queries.ask(
                new FindRollingScores(SCRIPT.version(1), at(SECOND, 0), at(THIRD, 1440), 1, FEE, Optional.empty()),
                RollingScores.class);
        RollingScores weekly = queries.ask(
                new FindRollingScores(SCRIPT.version(1), at(SECOND, 0), at(THIRD, 1440), 7, FEE, Optional.empty()),
                RollingScores.class);

        assertThat(daily.series()).extracting(RollingScores.Series::kind).containsExactly(PerformanceKind.LIVE);
        List<RollingScores.Window> days = daily.series().getFirst().windows();
        assertThat(days).extracting(RollingScores.Window::lastDay).containsExactly(SECOND, THIRD);
        List<PredictionView> second = live(SCRIPT.version(1), at(SECOND, 0), at(THIRD, 0));
        assertThat(days.getFirst().scores().rows()).isEqualTo(second.size());
        assertThat(days.getFirst().scores().accuracy())
                .isCloseTo(
                        (double) second.stream()
                                        .filter(one -> one.outcome().equals(Optional.of(one.signal())))
                                        .count()
                                / second.size(),
                        within(1e-12));
        RollingScores.Window both = weekly.series().getFirst().windows().getLast();
        assertThat(both.scores().rows())
                .isEqualTo(days.get(0).scores().rows() + days.get(1).scores().rows());
        assertThat(1 + both.profitAfterFees())
                .isCloseTo(
                        (1 + days.get(0).profitAfterFees()) * (1 + days.get(1).profitAfterFees()), within(1e-9));
    }

    @Test
    void reconciledPredictionsHaveASeriesOfTheirOwn() {
        RollingScores scores = queries.ask(
                new FindRollingScores(SCRIPT.version(4), at(SECOND, 0), at(THIRD, 1440), 1, FEE, Optional.empty()),
                RollingScores.class);
        assertThat(scores.series()).extracting(RollingScores.Series::kind).containsExactly(PerformanceKind.RECONCILED);
    }

    @Test
    void refusesWhatMakesNoSense() {
        Instant from = at(SECOND, 0);
        queries.assertRefused(comparison(1, 1, from, at(THIRD, 0)), "SAME_VERSION", "other");
        queries.assertRefused(comparison(1, 2, at(THIRD, 0), from), "BAD_PERIOD", "from");
        queries.assertRefused(comparison(1, 2, from, from.plusSeconds(86_400L * 367)), "PERIOD_TOO_LONG", "to");
        queries.assertRefused(comparison(1, 9, from, at(THIRD, 0)), "UNKNOWN_VERSION", "version");
        FindComparison good = comparison(1, 2, from, at(SECOND, 600));
        queries.assertRefused(with(good, VersionId.parse("tst:ETHUSDT:1"), Optional.empty()), "BAD_VERSION", "other");
        queries.assertRefused(with(good, good.other(), Optional.of(at(THIRD, 0))), "BAD_VERSION", "other");
        queries.assertRefused(with(good, good.version(), Optional.of(at(SECOND, 500))), "BAD_PERIOD", "otherFrom");
        queries.assertRefused(
                new FindCoverage(
                        SCRIPT.version(1), from, from, at(THIRD, 0), PerformanceKind.LIVE, FEE, Optional.empty()),
                "BAD_PERIOD",
                "testFrom");
        queries.assertRefused(
                new FindRollingScores(SCRIPT.version(1), from, at(THIRD, 0), 0, FEE, Optional.empty()),
                "OUT_OF_RANGE",
                "days");
    }

    private static FindComparison with(FindComparison query, VersionId other, Optional<Instant> otherFrom) {
        return new FindComparison(
                query.version(),
                other,
                query.from(),
                query.to(),
                otherFrom,
                query.kind(),
                query.otherKind(),
                FEE,
                Optional.empty());
    }
}
