package io.hindcast.ml.onnx;

/** Names of the inputs and outputs of every model that is exported here. */
public final class OnnxNames {

    /** Input, rows × features, double. */
    public static final String FEATURES = "features";

    /** Output, rows, int64: the most probable class by number, SELL 0, HOLD 1, BUY 2. */
    public static final String LABEL = "label";

    /** Output, rows × 3, float: SELL, HOLD, BUY. */
    public static final String PROBABILITIES = "probabilities";

    private OnnxNames() {}
}
