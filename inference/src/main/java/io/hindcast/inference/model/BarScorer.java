package io.hindcast.inference.model;

import io.hindcast.ml.score.Scorer;
import io.hindcast.runtime.FailureReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores batches of bars with one model. If a batch fails it is halved until the bars that cannot be scored stand
 * alone, so that they hold back no other bar. Not thread-safe.
 */
public final class BarScorer {

    /** Failed bars, with none scored, after which the remaining bars are not tried. */
    private static final int FAILURES_TO_STOP = 3;

    private final LoadedModel model;
    private final Sink predictions;
    private final List<Long> scored = new ArrayList<>();
    private final Map<Long, String> failed = new LinkedHashMap<>();

    /** Receives predictions. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes over one prediction.
         *
         * @param openTime of the bar, milliseconds since 1970
         * @param out the probabilities of SELL, HOLD and BUY, from index {@code at} on
         */
        void add(long openTime, double[] out, int at);
    }

    public BarScorer(LoadedModel model, Sink predictions) {
        this.model = model;
        this.predictions = predictions;
    }

    /** Returns the open times of bars that were scored; their predictions are in the sink. */
    public List<Long> scored() {
        return scored;
    }

    /** Returns the reason for each bar that failed; incomplete if scoring was stopped. */
    public Map<Long, String> failed() {
        return failed;
    }

    /** Returns whether scoring was stopped because bars failed and none succeeded. */
    public boolean isStopped() {
        return scored.isEmpty() && failed.size() >= FAILURES_TO_STOP;
    }

    /**
     * Scores bars.
     *
     * @param bars open times, milliseconds since 1970
     * @param rows features of these bars, one row after the other, and possibly unused values after them
     */
    public void score(List<Long> bars, double[] rows) {
        if (bars.isEmpty() || isStopped()) {
            return;
        }
        double[] out = new double[bars.size() * Scorer.CLASSES];
        String problem = attempt(rows, bars.size(), out);
        if (problem == null) {
            for (int row = 0; row < bars.size(); row++) {
                predictions.add(bars.get(row), out, row * Scorer.CLASSES);
            }
            scored.addAll(bars);
        } else if (bars.size() == 1) {
            failed.put(bars.getFirst(), problem);
        } else {
            int half = bars.size() / 2;
            int columns = model.scorer().inputs();
            score(bars.subList(0, half), Arrays.copyOfRange(rows, 0, half * columns));
            score(bars.subList(half, bars.size()), Arrays.copyOfRange(rows, half * columns, bars.size() * columns));
        }
    }

    /** Returns the reason if the rows cannot be scored. */
    private @Nullable String attempt(double[] rows, int n, double[] out) {
        try {
            model.scorer().score(rows, n, out);
        } catch (Throwable e) {
            // Errors included: a failing model must not stop the other lanes.
            return FailureReason.of(e);
        }
        for (int at = 0; at < out.length; at += Scorer.CLASSES) {
            double sum = out[at] + out[at + 1] + out[at + 2];
            if (!(out[at] >= 0 && out[at + 1] >= 0 && out[at + 2] >= 0 && Math.abs(sum - 1) <= 1e-6)) {
                return "the scores " + out[at] + ", " + out[at + 1] + ", " + out[at + 2]
                        + " are not a probability distribution";
            }
        }
        return null;
    }
}
