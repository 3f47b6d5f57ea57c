package io.hindcast.ml.bert;

import io.hindcast.ml.torch.EncoderShape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The shape of a BERT that classifies texts (Devlin et al., BERT: pre-training of deep bidirectional transformers,
 * 2019).
 *
 * @param vocabulary number of tokens in the vocabulary
 * @param positions most tokens of a text
 * @param types number of token types, 1 or more; a single text has the first type only
 * @param padding id of the padding token
 * @param encoder shape of the encoder between embeddings and pooler
 */
public record BertShape(int vocabulary, int positions, int types, int padding, EncoderShape encoder) {

    /** Number of classes: SELL, HOLD, BUY. */
    public static final int CLASSES = 3;

    public static final String EMBEDDINGS = "bert.embeddings.";
    public static final String ENCODER = "bert.encoder.";
    public static final String POOLER = "bert.pooler.dense";
    public static final String CLASSIFIER = "classifier";

    private static final float EPSILON = 1e-12f;

    public BertShape {
        if (vocabulary < 1 || positions < 2 || types < 1 || padding < 0 || padding >= vocabulary) {
            throw new IllegalArgumentException(
                    "BERT of " + vocabulary + " tokens, " + positions + " positions, " + types
                            + " types and padding " + padding
                            + ", expected 1 or more of each, 2 positions or more and a padding that is a token");
        }
    }

    /**
     * Returns the shape of a small encoder: padding is token 0, the feed-forward part four times as wide as a token.
     *
     * @param width numbers per token, split among the heads
     */
    public static BertShape small(int vocabulary, int positions, int layers, int heads, int width) {
        return new BertShape(
                vocabulary,
                positions,
                2,
                0,
                new EncoderShape(layers, heads, width, 4 * width, EncoderShape.Activation.GELU, EPSILON));
    }

    /** Returns names and shapes of all weights in the order of the network; matrices are outputs × inputs. */
    public Map<String, long[]> weights() {
        Map<String, long[]> all = new LinkedHashMap<>();
        int width = encoder.width();
        all.put(EMBEDDINGS + "word_embeddings.weight", new long[] {vocabulary, width});
        all.put(EMBEDDINGS + "position_embeddings.weight", new long[] {positions, width});
        all.put(EMBEDDINGS + "token_type_embeddings.weight", new long[] {types, width});
        norm(all, EMBEDDINGS + "LayerNorm", width);
        for (int i = 0; i < encoder.layers(); i++) {
            String layer = ENCODER + "layer." + i + ".";
            for (String part : new String[] {"query", "key", "value"}) {
                linear(all, layer + "attention.self." + part, width, width);
            }
            linear(all, layer + "attention.output.dense", width, width);
            norm(all, layer + "attention.output.LayerNorm", width);
            linear(all, layer + "intermediate.dense", encoder.inner(), width);
            linear(all, layer + "output.dense", width, encoder.inner());
            norm(all, layer + "output.LayerNorm", width);
        }
        linear(all, POOLER, width, width);
        linear(all, CLASSIFIER, CLASSES, width);
        return all;
    }

    private static void linear(Map<String, long[]> all, String name, int outputs, int inputs) {
        all.put(name + ".weight", new long[] {outputs, inputs});
        all.put(name + ".bias", new long[] {outputs});
    }

    private static void norm(Map<String, long[]> all, String name, int width) {
        all.put(name + ".weight", new long[] {width});
        all.put(name + ".bias", new long[] {width});
    }
}
