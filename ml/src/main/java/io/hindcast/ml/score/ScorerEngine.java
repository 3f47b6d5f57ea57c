package io.hindcast.ml.score;

import io.hindcast.api.model.ScorerSpec;
import java.util.Arrays;

/** The engines there are. Which one scores a version is fixed when it is registered. */
public enum ScorerEngine {
    /** Trees flattened into arrays and walked in Java; sums and softmax in LightGBM's order. */
    FLAT_TREES("flat-trees"),
    /** ONNX Runtime on the exported model. */
    ONNX_RUNTIME("onnxruntime"),
    /** LightGBM's own native call. */
    LIGHTGBM_NATIVE("lightgbm-native");

    /** What LightGBM versions are registered with: the fastest by measurement, alone and in batches. */
    public static final ScorerEngine LIGHTGBM_DEFAULT = FLAT_TREES;

    /** What versions of the deep families are registered with. */
    public static final ScorerEngine DEEP_DEFAULT = ONNX_RUNTIME;

    private final String code;

    ScorerEngine(String code) {
        this.code = code;
    }

    /** The engine that a version was registered with. */
    public static ScorerEngine of(ScorerSpec spec) {
        for (ScorerEngine engine : values()) {
            if (engine.code.equals(spec.engine())) {
                return engine;
            }
        }
        throw new IllegalArgumentException("scorer engine '" + spec.engine() + "' is not known here, expected one of "
                + Arrays.stream(values()).map(ScorerEngine::code).toList());
    }

    /** The name under which it is recorded. */
    public String code() {
        return code;
    }

    /** The engine and the version of it that runs here. */
    public ScorerSpec spec() {
        return new ScorerSpec(
                code,
                switch (this) {
                    case FLAT_TREES -> FlatTreesScorer.VERSION;
                    case ONNX_RUNTIME -> OnnxScorer.version();
                    case LIGHTGBM_NATIVE -> io.hindcast.ml.lightgbm.LightGbmLibrary.version();
                });
    }

    /** Opens a scorer that works on the caller's thread alone. */
    public Scorer open(byte[] nativeModel, byte[] onnx) {
        return open(nativeModel, onnx, 1);
    }

    /**
     * Opens a scorer.
     *
     * @param nativeModel the model in its trainer's own form; LightGBM's is its text, UTF-8
     * @param onnx the same model in ONNX
     * @param threads that ONNX Runtime may use for one call, 1 or more. With more than one, sums are split among them,
     *     and results may differ in their last digits from those of another number; the other engines always use one
     * @throws IllegalArgumentException if the form that this engine reads is not a model it understands
     */
    public Scorer open(byte[] nativeModel, byte[] onnx, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("scoring on " + threads + " threads, expected 1 or more");
        }
        return switch (this) {
            case FLAT_TREES -> FlatTreesScorer.of(nativeModel);
            case ONNX_RUNTIME -> OnnxScorer.of(onnx, threads);
            case LIGHTGBM_NATIVE -> LightGbmScorer.of(nativeModel);
        };
    }
}
