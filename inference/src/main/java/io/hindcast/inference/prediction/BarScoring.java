package io.hindcast.inference.prediction;

import io.hindcast.inference.model.Lane;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.ml.score.Scorer;
import io.hindcast.runtime.FailureReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has one lane's model score bars together, and if that fails halves them until those that cannot be scored stand
 * alone. So a bar that cannot be scored keeps no other back.
 */
final class BarScoring {

    /** Bars that fail before any is scored; then the rest is not tried. */
    private static final int HOPELESS = 3;

    private final Lane lane;
    private final LoadedModel model;
    private final PredictionSheet sheet;
    private final List<Long> scored = new ArrayList<>();
    /** Bars that cannot be scored, and why. */
    private final Map<Long, String> failed = new LinkedHashMap<>();

    BarScoring(Lane lane, LoadedModel model, PredictionSheet sheet) {
        this.lane = lane;
        this.model = model;
        this.sheet = sheet;
    }

    /** Bars that were scored and noted on the sheet. */
    List<Long> scored() {
        return scored;
    }

    /** Bars that cannot be scored, and why; not all of them if nothing could be. */
    Map<Long, String> failed() {
        return failed;
    }

    boolean isHopeless() {
        return scored.isEmpty() && failed.size() >= HOPELESS;
    }

    /** Scores bars whose rows are these, one after the other. */
    void score(List<Long> bars, double[] rows) {
        if (bars.isEmpty() || isHopeless()) {
            return;
        }
        double[] out = new double[bars.size() * Scorer.CLASSES];
        String problem = attempt(rows, bars.size(), out);
        if (problem == null) {
            for (int row = 0; row < bars.size(); row++) {
                sheet.add(lane.id(), model.scorer().spec(), bars.get(row), out, row * Scorer.CLASSES);
            }
            scored.addAll(bars);
        } else if (bars.size() == 1) {
            failed.put(bars.getFirst(), problem);
        } else {
            int half = bars.size() / 2;
            int columns = rows.length / bars.size();
            score(bars.subList(0, half), Arrays.copyOfRange(rows, 0, half * columns));
            score(bars.subList(half, bars.size()), Arrays.copyOfRange(rows, half * columns, rows.length));
        }
    }

    private @Nullable String attempt(double[] rows, int n, double[] out) {
        try {
            model.scorer().score(rows, n, out);
        } catch (Throwable e) {
            // An Error, too, is one model's: the other lanes go on.
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
