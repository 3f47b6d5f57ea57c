package io.hindcast.ml.onnx;

/** Names of inputs, outputs and metadata of exported models. A model has one of the inputs. */
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

    /** Metadata of a model that reads tokens: the most tokens, which is the length of its rows. */
    public static final String MAX_TOKENS = "maxTokens";

    /** Metadata of a model that reads tokens: the id of padding; 0 by default. */
    public static final String PAD_ID = "padId";

    /** Metadata of a model that reads tokens: the most rows in a batch; 16 by default. */
    public static final String BATCH = "batch";

    private OnnxNames() {}
}
