package io.hindcast.ml.score;

/** ONNX Runtime, which executes the exported model of any family. */
public enum OnnxEngine implements ScorerEngine {
    ONNX_RUNTIME;

    @Override
    public String code() {
        return "onnxruntime";
    }

    @Override
    public String version() {
        return OnnxScorer.version();
    }

    @Override
    public Scorer open(byte[] nativeModel, byte[] onnx, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("scoring on " + threads + " threads, expected 1 or more");
        }
        return OnnxScorer.of(onnx, threads);
    }
}
