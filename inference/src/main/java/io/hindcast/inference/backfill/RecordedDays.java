package io.hindcast.inference.backfill;

import io.hindcast.api.market.Interval;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.BackfilledBars;
import io.hindcast.api.prediction.RecordBackfillDay;
import io.hindcast.history.market.CandleDay;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Records the computed days of a version. Used by one thread. */
final class RecordedDays implements BarDays.Sink {

    private final VersionId version;
    private final ScorerSpec scorer;
    private final InstantSource marketClock;
    private final DayRecorder recorder;
    private final Runnable onRecorded;
    /** The first bar that could not be scored, with the reason. */
    private @Nullable String unscored;

    RecordedDays(
            VersionId version,
            ScorerSpec scorer,
            InstantSource marketClock,
            DayRecorder recorder,
            Runnable onRecorded) {
        this.version = version;
        this.scorer = scorer;
        this.marketClock = marketClock;
        this.recorder = recorder;
        this.onRecorded = onRecorded;
    }

    @Override
    public void computed(CandleDay candles, SortedMap<Long, double[]> predictions, Map<Long, String> failed) {
        if (!predictions.isEmpty()) {
            recorder.record(new RecordBackfillDay(
                    new BackfillDayId(version, candles.id().day()),
                    scorer,
                    marketClock.instant(),
                    columns(predictions)));
        }
        if (!failed.isEmpty() && unscored == null) {
            Map.Entry<Long, String> bar = failed.entrySet().iterator().next();
            unscored = "the bar of " + Instant.ofEpochMilli(bar.getKey()) + " could not be scored: " + bar.getValue();
        }
        onRecorded.run();
    }

    /** Throws if a bar could not be scored; all others are recorded. */
    void checkAllScored() {
        if (unscored != null) {
            throw new IllegalStateException(unscored);
        }
    }

    private static BackfilledBars columns(SortedMap<Long, double[]> predictions) {
        List<Integer> minute = new ArrayList<>(predictions.size());
        List<Double> sell = new ArrayList<>(predictions.size());
        List<Double> hold = new ArrayList<>(predictions.size());
        List<Double> buy = new ArrayList<>(predictions.size());
        predictions.forEach((openTime, out) -> {
            minute.add((int) (Math.floorDiv(openTime, Interval.ONE_MINUTE.millis()) % Interval.ONE_MINUTE.perDay()));
            sell.add(out[0]);
            hold.add(out[1]);
            buy.add(out[2]);
        });
        return new BackfilledBars(minute, sell, hold, buy);
    }
}
