package io.hindcast.inference.prediction;

import io.hindcast.inference.LaneRegistry;
import io.hindcast.inference.LaneStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** Metrics of the lanes. */
final class InferenceMeters {
    private final LaneRegistry lanes;
    private final InstantSource marketClock;
    private final InstantSource wallClock;
    private final Counter predictions;
    private final Counter dropped;
    private final Counter missed;
    private final Counter swaps;
    private final Timer scoring;
    private final Timer recorded;
    private final DistributionSummary rows;
    private final MultiGauge expired;
    private final MultiGauge age;
    private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);
    private volatile List<LaneStatus> shown = List.of();

    InferenceMeters(MeterRegistry meters, LaneRegistry lanes, InstantSource marketClock, InstantSource wallClock) {
        this.lanes = lanes;
        this.marketClock = marketClock;
        this.wallClock = wallClock;
        predictions = Counter.builder("hindcast.predictions")
                .description("Predictions recorded")
                .register(meters);
        dropped = Counter.builder("hindcast.predictions.repeated")
                .description("Predictions that were held already")
                .register(meters);
        missed = Counter.builder("hindcast.predictions.missed")
                .description("Bars a live lane could not predict and that are left to reconciliation")
                .register(meters);
        swaps = Counter.builder("hindcast.lane.swaps")
                .description("Lanes that joined or left")
                .register(meters);
        scoring = Timer.builder("hindcast.scoring")
                .description("Features and scores of one batch, all lanes")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        recorded = Timer.builder("hindcast.candle.to.recorded")
                .description("From a candle event's time to its predictions being recorded")
                .publishPercentileHistogram()
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        rows = DistributionSummary.builder("hindcast.inference.batch")
                .description("Bars predicted together")
                .baseUnit("bars")
                .register(meters);
        expired = MultiGauge.builder("hindcast.model.expired")
                .description("1 for a live version past its expiry age")
                .register(meters);
        age = MultiGauge.builder("hindcast.model.age")
                .baseUnit("seconds")
                .description("Market time since a live version was trained")
                .register(meters);
        Gauge.builder("hindcast.inference.lag", lag, value -> value.get().toNanos() / 1e9)
                .description("From the newest candle event's time to its predictions being recorded")
                .baseUnit("seconds")
                .register(meters);
        for (LaneStatus.State state : LaneStatus.State.values()) {
            Gauge.builder(
                            "hindcast.lanes",
                            lanes,
                            r -> r.all().stream()
                                    .filter(l -> l.state() == state)
                                    .count())
                    .description("Live lanes by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    Timer.Sample startScoring() {
        return Timer.start();
    }

    void scored(Timer.Sample sample) {
        sample.stop(scoring);
    }

    void recorded(int recordedRows, int droppedRows, List<Instant> candleTimes) {
        predictions.increment(recordedRows);
        dropped.increment(droppedRows);
        rows.record(candleTimes.size());
        Instant now = wallClock.instant();
        for (Instant time : candleTimes) {
            Duration took = Duration.between(time, now);
            recorded.record(took);
            lag.set(took);
        }
    }

    void missed(int bars) {
        missed.increment(bars);
    }

    void swapped(int count) {
        swaps.increment(count);
    }

    /** Registers age and expiry of the current lanes; values are read at each scrape. */
    void showLanes() {
        List<LaneStatus> now = lanes.all();
        if (sameVersions(now, shown)) {
            return;
        }
        shown = now;
        expired.register(
                now.stream()
                        .map(lane -> MultiGauge.Row.of(
                                Tags.of("version", lane.version().toString()),
                                () -> lane.expired(marketClock.instant()) ? 1 : 0))
                        .toList(),
                true);
        age.register(
                now.stream()
                        .map(lane -> MultiGauge.Row.of(
                                Tags.of("version", lane.version().toString()),
                                () -> Duration.between(lane.trainedAt(), marketClock.instant())
                                        .toSeconds()))
                        .toList(),
                true);
    }

    private static boolean sameVersions(List<LaneStatus> a, List<LaneStatus> b) {
        return Arrays.equals(
                a.stream().map(LaneStatus::version).toArray(),
                b.stream().map(LaneStatus::version).toArray());
    }
}
