package io.hindcast.ml.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A transformer encoder with layer norm after each part (Vaswani et al., Attention is all you need, 2017). Its weights
 * have the names of BERT's (Devlin et al., 2019), so that published ones can be loaded as they are. It consists of
 * plain operations, because DJL's own blocks normalise differently.
 */
public final class Encoder {

    private final EncoderShape shape;
    private final Weights weights;
    private final String prefix;
    private final Projection projection;

    /**
     * Computes the queries, keys and values of tokens; adapters add to the plain weights. Called once for each of them
     * in every layer, on the thread that encodes.
     */
    @FunctionalInterface
    public interface Projection {

        /**
         * @param name name of the weights, without {@code .weight} or {@code .bias}
         * @param input batch × tokens × width
         */
        NDArray of(String name, NDArray input);
    }

    /** @param prefix prefix of the weights' names, such as {@code bert.encoder.} */
    public Encoder(EncoderShape shape, Weights weights, String prefix) {
        this(shape, weights, prefix, (name, input) -> linear(weights, name, input));
    }

    public Encoder(EncoderShape shape, Weights weights, String prefix, Projection projection) {
        this.shape = shape;
        this.weights = weights;
        this.prefix = prefix;
        this.projection = projection;
    }

    /** Adds new weights of a shape, all trained. */
    public static void initialise(EncoderShape shape, Weights weights, String prefix, RandomGenerator random) {
        for (int i = 0; i < shape.layers(); i++) {
            String layer = prefix + "layer." + i + ".";
            for (String part : new String[] {"query", "key", "value"}) {
                weights.linear(layer + "attention.self." + part, shape.width(), shape.width(), random);
            }
            weights.linear(layer + "attention.output.dense", shape.width(), shape.width(), random);
            weights.norm(layer + "attention.output.LayerNorm", shape.width());
            weights.linear(layer + "intermediate.dense", shape.inner(), shape.width(), random);
            weights.linear(layer + "output.dense", shape.width(), shape.inner(), random);
            weights.norm(layer + "output.LayerNorm", shape.width());
        }
    }

    /**
     * Encodes tokens.
     *
     * @param tokens batch × tokens × width
     * @param mask added to the attention scores, batch × 1 × 1 × tokens: 0, or very negative at padding; null without
     *     padding
     * @param dropout share of numbers dropped, 0 outside training
     * @return batch × tokens × width
     */
    public NDArray encode(NDArray tokens, @Nullable NDArray mask, float dropout) {
        NDArray hidden = tokens;
        for (int i = 0; i < shape.layers(); i++) {
            String layer = prefix + "layer." + i + ".";
            NDArray attended = attention(layer + "attention.self.", hidden, mask, dropout);
            NDArray dense = drop(linear(weights, layer + "attention.output.dense", attended), dropout);
            hidden = norm(layer + "attention.output.LayerNorm", hidden.add(dense));
            NDArray inner = linear(weights, layer + "intermediate.dense", hidden);
            NDArray active = switch (shape.activation()) {
                case RELU -> Activation.relu(inner);
                case GELU -> Activation.gelu(inner);
            };
            NDArray outer = drop(linear(weights, layer + "output.dense", active), dropout);
            hidden = norm(layer + "output.LayerNorm", hidden.add(outer));
        }
        return hidden;
    }

    private NDArray attention(String name, NDArray hidden, @Nullable NDArray mask, float dropout) {
        long batch = hidden.getShape().get(0);
        long tokens = hidden.getShape().get(1);
        int size = shape.width() / shape.heads();
        Shape split = new Shape(batch, tokens, shape.heads(), size);
        NDArray query = projection.of(name + "query", hidden).reshape(split).transpose(0, 2, 1, 3);
        NDArray key = projection.of(name + "key", hidden).reshape(split).transpose(0, 2, 3, 1);
        NDArray value = projection.of(name + "value", hidden).reshape(split).transpose(0, 2, 1, 3);
        NDArray scores = query.matMul(key).div(number(hidden, StrictMath.sqrt(size)));
        NDArray masked = mask == null ? scores : scores.add(mask);
        return drop(masked.softmax(-1), dropout)
                .matMul(value)
                .transpose(0, 2, 1, 3)
                .reshape(new Shape(batch, tokens, shape.width()));
    }

    private NDArray norm(String name, NDArray input) {
        return norm(weights, name, input, shape.epsilon());
    }

    /** Applies a layer norm over the last dimension. */
    public static NDArray norm(Weights weights, String name, NDArray input, float epsilon) {
        NDArray gain = weights.get(name + ".weight");
        return LayerNorm.layerNorm(input, gain.getShape(), gain, weights.get(name + ".bias"), epsilon)
                .singletonOrThrow();
    }

    /** Returns {@code input · weightᵀ + bias} over the last dimension. */
    public static NDArray linear(Weights weights, String name, NDArray input) {
        return Linear.linear(input, weights.get(name + ".weight"), weights.get(name + ".bias"))
                .singletonOrThrow();
    }

    /**
     * Returns an array of one number, to multiply or divide by, that lives as long as the manager of {@code beside}.
     * Operations on a plain number create such an array themselves but close it at once (seen in DJL 0.36.0): its
     * memory is a Java buffer, which may be garbage-collected and reused before gradients read it.
     */
    public static NDArray number(NDArray beside, double value) {
        return beside.getManager().create((float) value);
    }

    /** Applies dropout: drops a share of the numbers and scales up the others. */
    public static NDArray drop(NDArray input, float share) {
        return share == 0 ? input : Dropout.dropout(input, share, true).singletonOrThrow();
    }
}
