package io.hindcast.ml.lightgbm;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScoringArguments;
import java.nio.charset.StandardCharsets;

/** Scores with LightGBM's native call. Its buffers are shared, so threads take turns. */
final class LightGbmScorer implements Scorer {

    private final NativeBooster booster;
    private final NativeBooster.SingleRow singleRow;
    private boolean closed;

    private LightGbmScorer(NativeBooster booster) {
        this.booster = booster;
        this.singleRow = booster.singleRow();
    }

    static LightGbmScorer of(byte[] lightGbmText) {
        NativeBooster booster;
        try {
            booster = NativeBooster.of(new String(lightGbmText, StandardCharsets.UTF_8));
        } catch (LightGbmException e) {
            throw new IllegalArgumentException("not a LightGBM model: " + e.getMessage(), e);
        }
        if (booster.classes() != CLASSES) {
            try (booster) {
                throw new IllegalArgumentException(
                        "model has " + booster.classes() + " classes, expected SELL, HOLD and BUY");
            }
        }
        return new LightGbmScorer(booster);
    }

    @Override
    public ScorerSpec spec() {
        return LightGbmEngine.NATIVE.spec();
    }

    @Override
    public int inputs() {
        return booster.features();
    }

    @Override
    public synchronized void score(double[] rows, int n, double[] out) {
        ScoringArguments.check(rows, booster.features(), n, out);
        if (closed) {
            throw new IllegalStateException("the scorer is closed");
        }
        if (n == 1) {
            singleRow.predict(rows, out);
        } else {
            booster.predict(rows, n, 1, out);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            singleRow.close();
            booster.close();
        }
    }
}
