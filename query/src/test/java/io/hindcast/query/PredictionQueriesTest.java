package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.FindModelVersion;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionState;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.FindPredictions;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionPage;
import io.hindcast.api.prediction.PredictionView;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.prediction.Signal;
import io.hindcast.api.prediction.SignalChart;
import io.hindcast.api.prediction.SignalSeries;
import io.hindcast.projections.MarketScript;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PredictionQueriesTest {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final LocalDate THIRD = FIRST.plusDays(2);
    private static final MarketScript SCRIPT = new MarketScript("BTCUSDT", 21);
    private static final Symbol SYMBOL = SCRIPT.symbol();

    private static final Map<Instant, Double> CLOSES = new HashMap<>();
    private static final List<Recorded> RECORDED = new ArrayList<>();
    private static TestQueries queries;

    private record Recorded(
            String version, Instant openTime, Signal signal, PredictionOrigin origin, Instant recordedAt) {}

    @BeforeAll
    static void start() {
        queries = new TestQueries();
        SCRIPT.open().candles(FIRST, 0, 1440, CandleSource.HISTORY);
        SCRIPT.model(1, LabelSpec.DEFAULT, at(FIRST, 1400)).model(2, new LabelSpec(3, 0.05), at(FIRST, 1400));
        for (LocalDate day : List.of(SECOND, THIRD)) {
            for (int minute = 0; minute < 1440; minute += 10) {
                // No bar from 300 to 309 of each day.
                if (minute != 300) {
                    SCRIPT.candles(day, minute, minute + 10, CandleSource.LIVE);
                    SCRIPT.predictions(
                            day,
                            minute,
                            minute + 10,
                            List.of(1, 2),
                            minute % 100 == 0 ? PredictionOrigin.LATE : PredictionOrigin.LIVE,
                            at(day, minute + 10));
                }
            }
        }
        List<EventMessage<?>> events = SCRIPT.take();
        for (EventMessage<?> event : events) {
            if (event.getPayload() instanceof CandlesRecorded recorded) {
                for (Candle bar : recorded.candles().toList(recorded.day())) {
                    CLOSES.put(bar.openTime(), bar.close().doubleValue());
                }
            }
            if (event.getPayload() instanceof PredictionsRecorded recorded) {
                for (int i = 0; i < recorded.predictions().size(); i++) {
                    RECORDED.add(new Recorded(
                            recorded.predictions().versionOf(i).toString(),
                            recorded.openTime(i),
                            recorded.predictions().probabilities(i).signal(),
                            recorded.origin().get(i),
                            recorded.recordedAt()));
                }
            }
        }
        RECORDED.sort(Comparator.comparing(Recorded::openTime).thenComparing(Recorded::version));
        queries.publish(events);
    }

    @AfterAll
    static void stop() {
        queries.close();
    }

    private static double close(Instant openTime) {
        return Objects.requireNonNull(CLOSES.get(openTime));
    }

    private static Optional<Double> change(Instant openTime, int horizon) {
        for (int bar = 0; bar <= horizon; bar++) {
            if (!CLOSES.containsKey(openTime.plusSeconds(60L * bar))) {
                return Optional.empty();
            }
        }
        double now = close(openTime);
        return Optional.of((close(openTime.plusSeconds(60L * horizon)) - now) / now);
    }

    private static Optional<Signal> outcome(Recorded prediction) {
        boolean first = prediction.version.endsWith(":1");
        double threshold = first ? 0.015 : 0.05;
        return change(prediction.openTime, first ? 1 : 3)
                .map(change ->
                        100 * change > threshold ? Signal.BUY : 100 * change < -threshold ? Signal.SELL : Signal.HOLD);
    }

    @Test
    void pagesThroughAllVersionsInOrder() {
        List<PredictionView> found = all(Optional.empty(), Optional.empty(), at(SECOND, 290), at(SECOND, 400), 37);

        List<Recorded> expected = RECORDED.stream()
                .filter(prediction ->
                        !prediction.openTime.isBefore(at(SECOND, 290)) && prediction.openTime.isBefore(at(SECOND, 400)))
                .toList();
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            PredictionView prediction = found.get(i);
            Recorded wanted = expected.get(i);
            assertThat(prediction.version().toString()).isEqualTo(wanted.version);
            assertThat(prediction.openTime()).isEqualTo(wanted.openTime);
            assertThat(prediction.signal()).isEqualTo(wanted.signal);
            assertThat(prediction.origin()).isEqualTo(wanted.origin);
            assertThat(prediction.recordedAt()).isEqualTo(wanted.recordedAt);
            assertThat(prediction.outcome()).as("%s", wanted).isEqualTo(outcome(wanted));
            assertThat(prediction.scorer()).isEqualTo("flat-trees 1");
        }
    }

    @Test
    void gapInTheHorizonLeavesNoOutcome() {
        PredictionView beforeTheGap = all(
                        Optional.of(SCRIPT.version(2)), Optional.empty(), at(SECOND, 297), at(SECOND, 298), 10)
                .getFirst();
        PredictionView enoughBefore = all(
                        Optional.of(SCRIPT.version(2)), Optional.empty(), at(SECOND, 296), at(SECOND, 297), 10)
                .getFirst();

        assertThat(beforeTheGap.outcome()).isEmpty();
        assertThat(enoughBefore.outcome()).isPresent();
    }

    @Test
    void asOfReturnsPredictionsAndOutcomesKnownByThen() {
        Instant asOf = at(SECOND, 60);

        List<PredictionView> found =
                all(Optional.of(SCRIPT.version(1)), Optional.of(asOf), at(SECOND, 0), at(SECOND, 1440), 100);

        assertThat(found).hasSize(60);
        assertThat(found.getLast().outcome()).isEmpty();
        assertThat(found.get(58).outcome()).isPresent();
    }

    private static List<PredictionView> all(
            Optional<io.hindcast.api.model.VersionId> version,
            Optional<Instant> asOf,
            Instant from,
            Instant to,
            int first) {
        List<PredictionView> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        PredictionPage page;
        do {
            page = queries.ask(
                    new FindPredictions(SYMBOL, version, from, to, asOf, first, cursor), PredictionPage.class);
            found.addAll(page.predictions());
            cursor = page.cursors().isEmpty()
                    ? Optional.empty()
                    : Optional.of(page.cursors().getLast());
        } while (page.hasNext());
        return found;
    }

    @Test
    void countsSignalsOverTheBucketsOfTheChart() {
        for (int maxPoints : new int[] {3000, 600, 100, 12, 2}) {
            SignalChart chart =
                    queries.ask(new FindSignals(SYMBOL, at(SECOND, 0), at(THIRD, 1440), maxPoints), SignalChart.class);
            assertThat(chart.series()).extracting(SignalSeries::slot).containsExactly(Slot.BASELINE, Slot.CURRENT);
            for (SignalSeries series : chart.series()) {
                int counted = 0;
                for (int i = 0; i < series.time().length; i++) {
                    Instant start = Instant.ofEpochSecond(series.time()[i]);
                    List<Recorded> bucket = RECORDED.stream()
                            .filter(prediction ->
                                    prediction.version.equals(series.version().toString())
                                            && !prediction.openTime.isBefore(start)
                                            && prediction.openTime.isBefore(start.plusSeconds(series.bucketSeconds())))
                            .toList();
                    assertThat(series.sell()[i]).isEqualTo(count(bucket, Signal.SELL));
                    assertThat(series.hold()[i]).isEqualTo(count(bucket, Signal.HOLD));
                    assertThat(series.buy()[i]).isEqualTo(count(bucket, Signal.BUY));
                    assertThat(series.last().get(i)).isEqualTo(bucket.getLast().signal);
                    counted += bucket.size();
                }
                assertThat(counted).isEqualTo(RECORDED.size() / 2);
            }
        }
    }

    private static int count(List<Recorded> predictions, Signal signal) {
        return (int) predictions.stream().filter(one -> one.signal == signal).count();
    }

    @Test
    void performanceOfAPeriodEqualsThatOfItsSinglePredictions() {
        Instant[][] periods = {
            {at(SECOND, 0), at(THIRD, 0)},
            {at(SECOND, 0), at(THIRD, 1440)},
            {at(FIRST, 0), at(THIRD, 700)},
            {at(SECOND, 611), at(THIRD, 13)},
            {at(THIRD, 5), at(THIRD, 6)},
        };
        for (Instant[] period : periods) {
            for (boolean includeLate : new boolean[] {false, true}) {
                PerformanceReport report = queries.ask(
                        new FindPerformance(SYMBOL, period[0], period[1], 0.001, includeLate), PerformanceReport.class);
                assertThat(report.versions()).hasSize(2);
                for (PerformanceReport.OfVersion version : report.versions()) {
                    assertSame(version, period[0], period[1], includeLate);
                }
            }
        }
    }

    /** Compares with a simulation of the trades, one prediction after the other. */
    private static void assertSame(PerformanceReport.OfVersion version, Instant from, Instant to, boolean includeLate) {
        double gross = 1;
        double net = 1;
        long trades = 0;
        long resolved = 0;
        long correct = 0;
        long predictions = 0;
        long late = 0;
        boolean isLong = false;
        List<Instant> judged = new ArrayList<>();
        for (Recorded prediction : RECORDED) {
            if (!prediction.version.equals(version.version().toString())
                    || prediction.openTime.isBefore(from)
                    || !prediction.openTime.isBefore(to)) {
                continue;
            }
            late += prediction.origin == PredictionOrigin.LIVE ? 0 : 1;
            if (prediction.origin != PredictionOrigin.LIVE && !includeLate) {
                continue;
            }
            predictions++;
            Optional<Signal> outcome = outcome(prediction);
            outcome.ifPresent(known -> judged.add(prediction.openTime));
            resolved += outcome.isPresent() ? 1 : 0;
            correct += outcome.filter(prediction.signal::equals).isPresent() ? 1 : 0;
            boolean wanted = prediction.signal == Signal.BUY || (prediction.signal == Signal.HOLD && isLong);
            if (wanted != isLong) {
                trades++;
                net *= 1 - 0.001;
                isLong = wanted;
            }
            if (isLong) {
                double growth = 1 + change(prediction.openTime, 1).orElse(0.0);
                gross *= growth;
                net *= growth;
            }
        }
        assertThat(version.lane().summary().predictions()).isEqualTo(predictions);
        assertThat(version.lane().summary().resolved()).isEqualTo(resolved);
        assertThat(version.lane().summary().correct()).isEqualTo(correct);
        assertThat(version.lane().summary().fromFlat().trades()).isEqualTo(trades);
        assertThat(version.late()).isEqualTo(late);
        assertThat(version.lane().judged())
                .isEqualTo(
                        judged.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new PerformanceReport.Bars(judged.getFirst(), judged.getLast())));
        assertThat(version.lane().profitBeforeFees()).isCloseTo(gross - 1, within(1e-9));
        assertThat(version.lane().profitAfterFees(0.001)).isCloseTo(net - 1, within(1e-9));
    }

    @Test
    void buyAndHoldPaysTwoFees() {
        PerformanceReport report = queries.ask(
                new FindPerformance(SYMBOL, at(SECOND, 10), at(SECOND, 20), 0.01, false), PerformanceReport.class);

        double kept = close(at(SECOND, 19)) / close(at(SECOND, 10)) * 0.99 * 0.99;
        assertThat(report.buyAndHold().orElseThrow()).isCloseTo(kept - 1, within(1e-12));
        assertThat(queries.ask(
                                new FindPerformance(SYMBOL, at(FIRST, -10), at(FIRST, 0), 0.01, false),
                                PerformanceReport.class)
                        .buyAndHold())
                .isEmpty();
    }

    @Test
    void returnsModelsWithSlotsAndExpiry() {
        queries.marketTime = at(FIRST, 1400).plus(Duration.ofDays(8));
        ModelView model = queries.gateway
                .query(new FindModels(SYMBOL), ResponseTypes.instanceOf(ModelViews.class))
                .join()
                .models()
                .getFirst();

        assertThat(model.versions())
                .extracting(version -> version.version().number())
                .containsExactly(2, 1);
        assertThat(model.versions()).allMatch(version -> version.state() == VersionState.LIVE && version.expired());
        assertThat(model.versions().getFirst().provenance().label()).isEqualTo(new LabelSpec(3, 0.05));
        assertThat(model.versions().getFirst().evaluation().confusion()).hasSize(3);
        queries.marketTime = at(FIRST, 1400).plus(Duration.ofDays(6));
        ModelVersionView version = queries.gateway
                .query(
                        new FindModelVersion(SCRIPT.version(1)),
                        ResponseTypes.optionalInstanceOf(ModelVersionView.class))
                .join()
                .orElseThrow();
        assertThat(version.expired()).isFalse();
        assertThat(version.slot()).contains(Slot.BASELINE);
    }
}
