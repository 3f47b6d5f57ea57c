package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillView;
import io.hindcast.api.model.BackfillViews;
import io.hindcast.api.model.FindBackfills;
import io.hindcast.api.model.InSample;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.FindPredictions;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionPage;
import io.hindcast.api.prediction.PredictionView;
import io.hindcast.api.prediction.SignalChart;
import io.hindcast.api.prediction.SignalSeries;
import io.hindcast.projections.MarketScript;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Predictions that were computed from the log, beside those of the lane, in every order of recording. */
class BackfilledPredictionsTest {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final LocalDate THIRD = FIRST.plusDays(2);
    private static final MarketScript SCRIPT = new MarketScript("BTCUSDT", 5);
    private static final VersionId VERSION = SCRIPT.version(1);
    /** The script's versions are trained on bars up to a day before; with the label's horizon, to minute 1,001. */
    private static final Instant TRAINED = at(SECOND, 1_000);

    private static final int SEEN = 1_002;

    private static TestQueries queries;

    @BeforeAll
    static void start() {
        queries = new TestQueries();
        SCRIPT.open()
                .candles(FIRST, 0, 1_440, CandleSource.HISTORY)
                .candles(SECOND, 0, 1_440, CandleSource.LIVE)
                .model(1, LabelSpec.DEFAULT, TRAINED)
                .model(new LaneJoined(
                        VERSION, new LogPosition(SCRIPT.day(SECOND).toString(), 0), at(SECOND, 1_010)))
                .model(new BackfillBegun(VERSION, at(FIRST, 0), at(SECOND, 1_010), 2, at(SECOND, 1_011)))
                .backfill(FIRST, 0, 1_440, 1, at(SECOND, 1_011));
        // Bars that the lane predicts too, before the backfill or after it.
        SCRIPT.predictions(SECOND, 1_000, 1_100, List.of(1), PredictionOrigin.LIVE, at(SECOND, 1_100));
        queries.publish(SCRIPT.take());
        SCRIPT.backfill(SECOND, 0, 1_010, 1, at(SECOND, 1_101));
        queries.publish(SCRIPT.take());
        SCRIPT.predictions(SECOND, 990, 1_000, List.of(1), PredictionOrigin.LATE, at(SECOND, 1_102));
        SCRIPT.predictions(SECOND, 1_100, 1_440, List.of(1), PredictionOrigin.LIVE, at(SECOND, 1_440));
        SCRIPT.candles(THIRD, 0, 10, CandleSource.LIVE);
        queries.publish(SCRIPT.take());
    }

    @AfterAll
    static void stop() {
        queries.close();
    }

    private static List<PredictionView> predictions(LocalDate day) {
        return queries.ask(
                        new FindPredictions(
                                SCRIPT.symbol(),
                                Optional.of(VERSION),
                                at(day, 0),
                                at(day, 1_440),
                                Optional.empty(),
                                2_000,
                                Optional.empty()),
                        PredictionPage.class)
                .predictions();
    }

    private static PerformanceReport.OfVersion performance(Instant from, Instant to, boolean includeLate) {
        return queries.ask(new FindPerformance(SCRIPT.symbol(), from, to, 0.001, includeLate), PerformanceReport.class)
                .versions()
                .getFirst();
    }

    @Test
    void everyBarHasOnePredictionAndThatOfTheLaneTakesPrecedence() {
        List<PredictionView> second = predictions(SECOND);

        assertThat(second).hasSize(1_440);
        assertThat(second.subList(0, 990)).allMatch(one -> one.origin() == PredictionOrigin.RECONCILED);
        assertThat(second.subList(990, 1_000)).allMatch(one -> one.origin() == PredictionOrigin.LATE);
        assertThat(second.subList(1_000, 1_440)).allMatch(one -> one.origin() == PredictionOrigin.LIVE);
    }

    @Test
    void marksBarsInSampleUpToTheOverlapOfTheLabel() {
        List<PredictionView> first = predictions(FIRST);

        assertThat(first.subList(0, SEEN)).allMatch(one -> one.inSample().orElseThrow());
        assertThat(first.subList(SEEN, 1_440)).noneMatch(one -> one.inSample().orElseThrow());
        assertThat(predictions(SECOND)).noneMatch(one -> one.inSample().orElseThrow());
    }

    @Test
    void performanceNeverMixesLiveReconciledAndInSample() {
        // Whole days come from their summaries, parts of days from single predictions.
        for (int cut : new int[] {0, 7}) {
            PerformanceReport.OfVersion live = performance(at(FIRST, cut), at(THIRD, 10), false);
            assertThat(live.lane().summary().predictions()).isEqualTo(440);
            assertThat(live.late()).isEqualTo(10);
            assertThat(live.reconciled().orElseThrow().summary().predictions()).isEqualTo(1_440 - SEEN + 990);
            assertThat(live.inSample().orElseThrow().summary().predictions()).isEqualTo(SEEN - cut);
            assertThat(performance(at(FIRST, cut), at(THIRD, 10), true)
                            .lane()
                            .summary()
                            .predictions())
                    .isEqualTo(450);
            assertThat(live.lane().judged().orElseThrow().first()).isEqualTo(at(SECOND, 1_000));
            assertThat(live.reconciled().orElseThrow().judged().orElseThrow())
                    .isEqualTo(new PerformanceReport.Bars(at(FIRST, SEEN), at(SECOND, 989)));
            assertThat(live.inSample().orElseThrow().judged().orElseThrow())
                    .isEqualTo(new PerformanceReport.Bars(at(FIRST, cut), at(FIRST, SEEN - 1)));
        }
        assertThat(performance(at(SECOND, 0), at(SECOND, 1_440), false).inSample())
                .isEmpty();
    }

    @Test
    void chartCountsReconciledSignalsApartInEveryBucketLength() {
        for (int points : new int[] {5_000, 600, 60, 2}) {
            SignalSeries series = queries.ask(
                            new FindSignals(SCRIPT.symbol(), at(FIRST, 0), at(THIRD, 0), points), SignalChart.class)
                    .series()
                    .getFirst();
            assertThat(IntStream.of(series.reconciled()).sum()).isEqualTo(1_440 + 990);
            assertThat(IntStream.of(series.sell()).sum()
                            + IntStream.of(series.hold()).sum()
                            + IntStream.of(series.buy()).sum())
                    .isEqualTo(2_880);
            assertThat(series.inSample().to()).isEqualTo(at(FIRST, SEEN - 1));
            assertThat(series.inSample())
                    .isEqualTo(new InSample(series.inSample().from(), at(FIRST, 1_001)));
            assertThat(series.last().getLast())
                    .isEqualTo(predictions(SECOND).getLast().signal());
        }
    }

    @Test
    void showsProgressOfBackfillUntilItsEnd() {
        BackfillView running = backfill();
        assertThat(running.state()).isEqualTo(BackfillView.State.RUNNING);
        assertThat(running.days()).contains(2);
        assertThat(running.daysDone()).isEqualTo(2);
        assertThat(running.endedAt()).isEmpty();

        SCRIPT.model(new BackfillGivenUp(VERSION, "deadline", at(THIRD, 1)));
        queries.publish(SCRIPT.take());
        assertThat(backfill().state()).isEqualTo(BackfillView.State.GIVEN_UP);
        assertThat(backfill().reason()).contains("deadline");

        SCRIPT.model(
                new BackfillCompleted(VERSION, new Backfill(at(FIRST, 0), at(SECOND, 1_010), 2, 2_450), at(THIRD, 2)));
        queries.publish(SCRIPT.take());
        assertThat(backfill().state()).isEqualTo(BackfillView.State.COMPLETE);
        assertThat(backfill().predictions()).contains(2_450L);
    }

    private static BackfillView backfill() {
        return queries.ask(new FindBackfills(List.of(VERSION, SCRIPT.version(9))), BackfillViews.class)
                .backfills()
                .getFirst();
    }
}
