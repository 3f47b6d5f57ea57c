package io.hindcast.bench.market;

import static io.hindcast.projections.MarketScript.at;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.FindPredictions;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.projections.MarketScript;
import io.hindcast.projections.ReadModelProcessors;
import io.hindcast.projections.TestPlatform;
import io.hindcast.query.QueryProperties;
import io.hindcast.query.market.MarketQueries;
import io.hindcast.query.model.ModelQueries;
import io.hindcast.query.prediction.PredictionQueries;
import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.readmodel.ReadModelDefinition;
import io.hindcast.readmodel.ReadModelReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Time of queries as of a moment over half a year of candles and of three versions' predictions. The yardstick is the
 * same query for now. The moment is noon of a day in the middle, so that one day has to be read from its rows; the
 * query handlers are called directly, without the time that the query bus and GraphQL take in both cases.
 */
public final class AsOfBenchmark {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final int DAYS = 180;
    private static final int WARM_UP = 30;
    private static final int ROUNDS = 101;

    private AsOfBenchmark() {}

    public static void main(String[] arguments) {
        try (TestPlatform platform = new TestPlatform()) {
            MarketScript script = new MarketScript("BTCUSDT", 1).open(at(FIRST, 0));
            for (int version = 1; version <= 3; version++) {
                script.model(version, LabelSpec.DEFAULT, at(FIRST, version));
            }
            for (int i = 0; i < DAYS; i++) {
                LocalDate day = FIRST.plusDays(i);
                script.candles(day, 0, 720, CandleSource.LIVE).candles(day, 720, 1440, CandleSource.LIVE);
                script.predictions(day, 0, 720, List.of(1, 2, 3), PredictionOrigin.LIVE, at(day, 720));
                script.predictions(day, 720, 1440, List.of(1, 2, 3), PredictionOrigin.LIVE, at(day.plusDays(1), 0));
                platform.publish(script.take());
            }
            ReadModelBuild build = platform.serve();
            build(platform, build);
            platform.builds.analyze(build);
            measure(platform);
        }
    }

    private static void build(TestPlatform platform, ReadModelBuild build) {
        long head = platform.log.createHeadToken().position().orElseThrow();
        try (ReadModelProcessors.Running running = platform.processors(4, 200).start(build)) {
            while (running.position() < head) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static void measure(TestPlatform platform) {
        ReadModelReader readModel = new ReadModelReader(platform.jdbc, ReadModelDefinition.PROGRAM);
        QueryProperties properties = new QueryProperties(500_000, Duration.ofMillis(100));
        MarketQueries markets = new MarketQueries(readModel, properties);
        PredictionQueries predictions = new PredictionQueries(readModel, properties);
        Instant end = at(FIRST.plusDays(DAYS), 0);
        ModelQueries models = new ModelQueries(readModel, () -> end);
        Instant middle = at(FIRST.plusDays(DAYS / 2), 750);
        Instant from = at(FIRST, 0);
        var symbol = new MarketScript("BTCUSDT", 1).symbol();
        Map<String, Function<Optional<Instant>, Object>> queries = new LinkedHashMap<>();
        queries.put("markets", asOf -> markets.handle(new FindMarkets(asOf)));
        queries.put(
                "chart of the first three months",
                asOf -> markets.handle(new FindCandles(symbol, from, middle, 1500, asOf)));
        queries.put(
                "chart of the last day before the moment",
                asOf -> markets.handle(new FindCandles(symbol, middle.minus(Duration.ofDays(1)), middle, 1500, asOf)));
        queries.put(
                "signals of the first three months",
                asOf -> predictions.handle(new FindSignals(symbol, from, middle, 1500, asOf)));
        queries.put(
                "predictions, 500 of a day",
                asOf -> predictions.handle(new FindPredictions(
                        symbol,
                        Optional.empty(),
                        middle.minus(Duration.ofDays(1)),
                        middle,
                        asOf,
                        500,
                        Optional.empty())));
        queries.put(
                "performance over the first three months",
                asOf -> predictions.handle(new FindPerformance(symbol, from, middle, 0.001, false, asOf)));
        queries.put("models", asOf -> models.handle(new FindModels(symbol, asOf)));
        queries.forEach((name, query) -> {
            double now = median(() -> query.apply(Optional.empty()));
            double then = median(() -> query.apply(Optional.of(middle)));
            System.out.printf("%s: now %.2f ms, as of %.2f ms, ratio %.2f%n", name, now, then, then / now);
        });
    }

    private static double median(Supplier<Object> query) {
        double[] millis = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            if (query.get() == null) {
                throw new IllegalStateException("a query has an answer");
            }
            if (round >= 0) {
                millis[round] = (System.nanoTime() - begun) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }
}
