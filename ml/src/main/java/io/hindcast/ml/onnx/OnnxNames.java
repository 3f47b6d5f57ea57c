package io.hindcast.ml.onnx;

/** Names of the inputs, outputs and metadata of every model that is exported here. A model has one of the inputs. */
public final class OnnxNames {

    /** Input, rows × features, double: features of a bar. */
    public static final String FEATURES = "features";

    /** Input, rows × bars × features, float: features of a window of bars, oldest first. */
    public static final String WINDOW = "window";

    /** Input, rows × tokens, int64: ids of a text's tokens. */
    public static final String INPUT_IDS = "input_ids";

    /** Input beside {@link #INPUT_IDS}, same shape, int64: 1 where there is a token, 0 where there is padding. */
    public static final String ATTENTION_MASK = "attention_mask";

    /** Output, rows, int64: the most probable class by number, SELL 0, HOLD 1, BUY 2. */
    public static final String LABEL = "label";

    /** Output, rows × 3, float: SELL, HOLD, BUY. */
    public static final String PROBABILITIES = "probabilities";

    /** Metadata of a model that reads tokens: how many at most, which is how long its rows are. */
    public static final String MAX_TOKENS = "maxTokens";

    /** Metadata of a model that reads tokens: the id that stands for padding; 0 if it does not say. */
    public static final String PAD_ID = "padId";

    /** Metadata of a model that reads tokens: how many rows may go through it together; 16 if it does not say. */
    public static final String BATCH = "batch";

    private OnnxNames() {}
}
