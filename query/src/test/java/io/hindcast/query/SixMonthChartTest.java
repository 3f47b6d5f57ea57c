package io.hindcast.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.CandleSeries;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.SignalChart;
import io.hindcast.projections.MarketScript;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Charts of half a year of one-minute bars and predictions, queried by fifty clients at once. */
class SixMonthChartTest {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final int DAYS = 181;
    private static final int CLIENTS = 50;
    private static final int EACH = 20;

    @Test
    void answersFiftyClientsInTime() throws Exception {
        try (TestQueries queries = new TestQueries()) {
            MarketScript script = new MarketScript("BTCUSDT", 5).open();
            script.history(FIRST).model(1, LabelSpec.DEFAULT, MarketScript.at(FIRST, 1440));
            queries.publish(script.take());
            for (int day = 1; day < DAYS; day++) {
                LocalDate date = FIRST.plusDays(day);
                script.candles(date, 0, 1440, CandleSource.HISTORY)
                        .predictions(date, 0, 120, List.of(1), PredictionOrigin.LIVE, MarketScript.at(date, 1440));
                queries.platform.publish(script.take());
            }
            queries.publish(script.open().take());
            Instant from = MarketScript.at(FIRST, 0);
            Instant to = MarketScript.at(FIRST.plusDays(DAYS), 0);
            FindCandles chart = new FindCandles(script.symbol(), from, to, 1500);

            long start = System.nanoTime();
            assertThat(queries.ask(chart, CandleSeries.class).time()).hasSize(DAYS * 6);
            System.out.printf("first six-month chart: %.1f ms%n", (System.nanoTime() - start) / 1e6);
            time("candles, 4 h", () -> queries.ask(chart, CandleSeries.class).time().length);
            double[] millis = time("candles, any month", () -> {
                Instant begin = from.plus(Duration.ofHours((System.nanoTime() >>> 4) % (150 * 24)));
                return queries.ask(
                                new FindCandles(script.symbol(), begin, begin.plus(Duration.ofDays(30)), 1500),
                                CandleSeries.class)
                        .time()
                        .length;
            });
            time(
                    "signals, 4 h",
                    () -> queries.ask(new FindSignals(script.symbol(), from, to, 1500), SignalChart.class)
                            .series()
                            .getFirst()
                            .time()
                            .length);
            time(
                    "performance, six months",
                    () -> queries.ask(
                                    new FindPerformance(script.symbol(), from, to, 0.001, false),
                                    PerformanceReport.class)
                            .versions()
                            .size());
            // The target is 100 ms on an idle machine; this fails only without an index or the cache.
            assertThat(millis[millis.length / 2]).isLessThan(200);
        }
    }

    private static double[] time(String what, Callable<Integer> query) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<double[]>> work = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                work.add(() -> {
                    double[] millis = new double[EACH];
                    for (int i = 0; i < EACH; i++) {
                        long start = System.nanoTime();
                        assertThat(query.call()).isPositive();
                        millis[i] = (System.nanoTime() - start) / 1e6;
                    }
                    return millis;
                });
            }
            List<double[]> parts = new ArrayList<>();
            for (Future<double[]> part : clients.invokeAll(work)) {
                parts.add(part.get());
            }
            double[] all =
                    parts.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
            System.out.printf(
                    "%s under %d clients: p50 %.1f ms, p99 %.1f ms%n",
                    what, CLIENTS, all[all.length / 2], all[all.length * 99 / 100]);
            return all;
        }
    }
}
