package io.hindcast.ml.score;

import io.hindcast.api.model.ScorerSpec;

/**
 * A way to execute models, such as ONNX Runtime or a library's own call. Which engine scores a version is fixed when
 * the version is registered. Implementations are constants: stateless and thread-safe.
 */
public interface ScorerEngine {

    /** Returns the name under which the engine is recorded. */
    String code();

    /** Returns the version of the engine, or of its library, that runs here. */
    String version();

    /** Returns the engine's name and the version of it that runs here. */
    default ScorerSpec spec() {
        return new ScorerSpec(code(), version());
    }

    /** Opens a scorer that works on the caller's thread alone. */
    default Scorer open(byte[] nativeModel, byte[] onnx) {
        return open(nativeModel, onnx, 1);
    }

    /**
     * Opens a scorer, which the caller closes.
     *
     * @param nativeModel the model in its trainer's own form; LightGBM's is its text, UTF-8
     * @param onnx the same model in ONNX
     * @param threads that ONNX Runtime may use for one call, 1 or more. With more than one, sums are split among them,
     *     and results may differ in their last digits from those of another number; the other engines always use one
     * @throws IllegalArgumentException if the engine cannot read the form of the model that it uses
     */
    Scorer open(byte[] nativeModel, byte[] onnx, int threads);
}
