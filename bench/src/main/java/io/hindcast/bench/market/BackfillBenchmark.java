package io.hindcast.bench.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketId;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstTrainer;
import io.hindcast.projections.ReadModelProcessors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Time from the joining of a lane until six months of its past are recorded, and the time from a live candle to its
 * recorded predictions meanwhile, with read models kept up to date. The yardstick of the latter is the same without a
 * backfill, in the same run.
 */
public final class BackfillBenchmark {

    private static final int DAYS = 184;
    private static final int TRAINED_DAYS = 10;
    /** Pause between live candles. */
    private static final long PAUSE_NANOS = 20_000_000;

    private static final int QUIET_BARS = 1_000;
    private static final int ROUNDS = Integer.getInteger("hindcast.rounds", 3);

    private final BenchmarkPlatform benchmark = new BenchmarkPlatform();
    private final InferenceRoom room;
    private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
    private final List<Long> latencies = new ArrayList<>();
    private final Map<VersionId, Long> joinedAt = new ConcurrentHashMap<>();
    private final Map<VersionId, Long> completedAt = new ConcurrentHashMap<>();
    private int next;

    private BackfillBenchmark(Path folder) {
        room = new InferenceRoom(benchmark, folder, RandomWalkMarket.midnight(DAYS));
        var _ = benchmark.platform.log.subscribe(
                events -> CurrentUnitOfWork.get().root().afterCommit(_ -> events.forEach(this::see)));
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("hindcast-backfill");
        BackfillBenchmark run = new BackfillBenchmark(folder);
        try (ReadModelProcessors.Running readModel =
                run.benchmark.platform.processors(4, 200).start(run.benchmark.platform.serve())) {
            run.importHistory();
            run.benchmark.awaitHead(readModel);
            run.measure();
            run.benchmark.awaitHead(readModel);
        } finally {
            run.room.close();
            run.benchmark.close();
        }
    }

    private void importHistory() {
        MarketOpened opened = new MarketOpened(
                RandomWalkMarket.SYMBOL, Interval.ONE_MINUTE, MarketOrigin.SYNTHETIC, "a random walk", Instant.EPOCH);
        benchmark.platform.publish("Market", MarketId.of(RandomWalkMarket.SYMBOL), 0, opened);
        for (int day = 0; day < DAYS; day++) {
            benchmark.commands().sendAndWait(RandomWalkMarket.history(day));
        }
    }

    private void measure() {
        ModelBundle trees = new LightGbmTrainer()
                .train(dataset(1), LightGbmParameters.DEFAULT, 1, TrainingControl.NONE)
                .bundle(new LogPosition(RandomWalkMarket.day(0).toString(), 0));
        int window = TstParameters.SMALL.shape().bars();
        ModelBundle transformer = new TstTrainer()
                .train(dataset(window), TstParameters.SMALL.withEpochs(1, 10), 1, TrainingControl.NONE)
                .bundle(new LogPosition(RandomWalkMarket.day(0).toString(), 0));
        // First versions are live lanes later on; their backfills warm up and read the day files into the cache.
        promote(trees, 1);
        promote(transformer, 1);
        for (int round = 2; round < 2 + ROUNDS; round++) {
            long[] quiet = live(() -> false, QUIET_BARS);
            report("quiet", quiet, quiet);
            report("LightGBM", promote(trees, round), quiet);
            report("tst-small", promote(transformer, round), quiet);
        }
    }

    private static Dataset dataset(int window) {
        List<KnownBar> bars = new ArrayList<>();
        for (int day = 0; day < TRAINED_DAYS; day++) {
            RandomWalkMarket.bars(day).forEach(bar -> bars.add(KnownBar.atClose(Bar.of(bar))));
        }
        return new DatasetBuilder(FeatureSet.priceV1(), LabelSpec.DEFAULT, window)
                .build(
                        bars,
                        List.of(),
                        RandomWalkMarket.midnight(0),
                        RandomWalkMarket.midnight(TRAINED_DAYS).minusSeconds(60));
    }

    /** Promotes a version, and returns the latencies of live candles from its joining until its past was complete. */
    private long[] promote(ModelBundle bundle, int number) {
        ModelId model = new ModelId(bundle.family(), RandomWalkMarket.SYMBOL);
        VersionId version = model.version(number);
        ArtifactRef artifact = room.store(bundle.toBytes());
        var now = RandomWalkMarket.midnight(DAYS);
        benchmark
                .commands()
                .sendAndWait(new RegisterVersion(
                        model,
                        RandomWalkMarket.SYMBOL + "/" + number + "/" + bundle.family() + "/1",
                        artifact,
                        bundle.scorer(),
                        bundle.provenance(),
                        bundle.evaluation(),
                        now,
                        Duration.ofDays(7)));
        benchmark.commands().sendAndWait(new BeginPromotion(model, number, PromotionPolicy.ALWAYS, now));
        var _ = live(() -> joinedAt.containsKey(version), Integer.MAX_VALUE);
        long[] meanwhile = live(() -> completedAt.containsKey(version), Integer.MAX_VALUE);
        System.out.printf(
                "%s: %,d bars in %.1f s%n",
                version,
                DAYS * RandomWalkMarket.PER_DAY,
                (completedAt.getOrDefault(version, 0L) - joinedAt.getOrDefault(version, 0L)) / 1e9);
        benchmark.commands().sendAndWait(new CompletePromotion(model, number, now));
        return meanwhile;
    }

    private static void report(String subject, long[] latencies, long[] quiet) {
        System.out.printf(
                "%s: candle to predictions p50 %.2f ms, p99 %.2f ms, max %.2f ms (%d); p99 ratio %.2f%n",
                subject,
                at(latencies, 0.5),
                at(latencies, 0.99),
                at(latencies, 1),
                latencies.length,
                at(latencies, 0.99) / at(quiet, 0.99));
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }

    private interface Condition {
        boolean met();
    }

    /** Records live candles until a condition is met, and returns their latencies in ascending order. */
    private long[] live(Condition end, int most) {
        synchronized (latencies) {
            latencies.clear();
        }
        for (int i = 0; i < most && !end.met(); i++) {
            int day = DAYS + next / RandomWalkMarket.PER_DAY;
            Candle bar = RandomWalkMarket.bars(day).get(next % RandomWalkMarket.PER_DAY);
            next++;
            room.setClock(bar.openTime().plusSeconds(60));
            LockSupport.parkNanos(PAUSE_NANOS);
            sentAt.put(bar.openTime().toEpochMilli(), System.nanoTime());
            benchmark.commands().sendAndWait(RandomWalkMarket.live(day, bar));
        }
        LockSupport.parkNanos(10 * PAUSE_NANOS);
        synchronized (latencies) {
            long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted;
        }
    }

    /** Called on the thread that has committed the events. */
    private void see(EventMessage<?> event) {
        long now = System.nanoTime();
        switch (event.getPayload()) {
            case LaneJoined joined -> joinedAt.put(joined.version(), now);
            case BackfillCompleted completed -> completedAt.put(completed.version(), now);
            case PredictionsRecorded recorded -> {
                for (int row = 0; row < recorded.predictions().size(); row++) {
                    Long sent = sentAt.remove(recorded.openTime(row).toEpochMilli());
                    if (sent != null) {
                        synchronized (latencies) {
                            latencies.add(now - sent);
                        }
                    }
                }
            }
            default -> {
                // Not measured.
            }
        }
    }
}
