package io.hindcast.ml.serve;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.lightgbm.LightGbmEngine;
import io.hindcast.ml.model.CorruptBundleException;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.OnnxEngine;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScorerEngine;
import java.util.List;

/** All scorer engines of this build, and the way from a stored model to its scorer. */
public final class ScorerEngines {

    /** All engines. */
    public static final List<ScorerEngine> ALL =
            List.of(LightGbmEngine.FLAT_TREES, OnnxEngine.ONNX_RUNTIME, LightGbmEngine.NATIVE);

    private ScorerEngines() {}

    /**
     * Returns the engine with which a version was registered.
     *
     * @throws IllegalArgumentException if there is no such engine here, naming those that there are
     */
    public static ScorerEngine of(ScorerSpec spec) {
        return ALL.stream()
                .filter(engine -> engine.code().equals(spec.engine()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("scorer engine '" + spec.engine()
                        + "' is not known here, expected one of "
                        + ALL.stream().map(ScorerEngine::code).toList()));
    }

    /** Opens the engine with which a version was registered, on the caller's thread alone. */
    public static Scorer open(ModelBundle bundle) {
        return open(bundle, 1);
    }

    /**
     * Opens the engine with which a version was registered. {@link Scorer#spec} names the version of it that runs here,
     * which may be newer.
     *
     * @param threads that one call may use, as {@link ScorerEngine#open(byte[], byte[], int)} defines it
     * @return a scorer, which the caller closes
     * @throws CorruptBundleException if the engine cannot read the model, or if its rows have another length than the
     *     golden rows
     */
    public static Scorer open(ModelBundle bundle, int threads) {
        Scorer open;
        try {
            open = of(bundle.scorer()).open(bundle.nativeModel(), bundle.onnx(), threads);
        } catch (IllegalArgumentException e) {
            throw new CorruptBundleException("the model does not open: " + e.getMessage(), e);
        }
        if (open.inputs() != bundle.golden().columns()) {
            try (open) {
                throw new CorruptBundleException("the model takes rows of " + open.inputs()
                        + " values, expected as many as its golden rows have, "
                        + bundle.golden().columns());
            }
        }
        return open;
    }
}
