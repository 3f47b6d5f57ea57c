package io.hindcast.ml.bert;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import io.hindcast.ml.torch.Encoder;
import io.hindcast.ml.torch.Weights;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The network: embeddings of words, positions and types, encoder, pooler on the first token, classifier. Its weights
 * have the names of published ones, and are trained only if their owner marks them so.
 */
public final class BertNetwork {

    /** Subtracted from the attention scores at padding. */
    private static final float FAR = 1e9f;

    private static final double SPREAD = 0.02;

    private final BertShape shape;
    private final Weights weights;
    private final Encoder encoder;

    public BertNetwork(BertShape shape, Weights weights) {
        this(shape, weights, (name, input) -> Encoder.linear(weights, name, input));
    }

    /** @param projection computes queries, keys and values, with adapters beside the plain weights if there are any */
    public BertNetwork(BertShape shape, Weights weights, Encoder.Projection projection) {
        this.shape = shape;
        this.weights = weights;
        this.encoder = new Encoder(shape.encoder(), weights, BertShape.ENCODER, projection);
    }

    public BertShape shape() {
        return shape;
    }

    public Weights weights() {
        return weights;
    }

    /**
     * Adds the weights of a new network: normal with standard deviation 0.02, as in BERT; biases and the padding's
     * embedding 0, gains of layer norms 1.
     */
    public static void initialise(BertShape shape, Weights weights, RandomGenerator random) {
        for (Map.Entry<String, long[]> entry : shape.weights().entrySet()) {
            weights.put(entry.getKey(), fresh(shape, entry.getKey(), entry.getValue(), random), entry.getValue());
        }
    }

    /** Returns initial values of one weight. */
    static float[] fresh(BertShape shape, String name, long[] lengths, RandomGenerator random) {
        float[] numbers = new float[(int) new Shape(lengths).size()];
        if (name.endsWith("LayerNorm.weight")) {
            Arrays.fill(numbers, 1);
        } else if (!name.endsWith(".bias")) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (SPREAD * random.nextGaussian());
            }
        }
        if (name.endsWith("word_embeddings.weight")) {
            int width = shape.encoder().width();
            Arrays.fill(numbers, shape.padding() * width, (shape.padding() + 1) * width, 0);
        }
        return numbers;
    }

    /**
     * Scores before softmax.
     *
     * @param tokens of the texts; whatever is made on the way belongs to their manager
     * @param dropout share of numbers dropped in embeddings, attention, layers and before the classifier, 0 outside
     *     training
     * @return batch × 3: SELL, HOLD, BUY
     */
    public NDArray logits(TokenBatch tokens, float dropout) {
        return logits(tokens.ids(), tokens.mask(), dropout);
    }

    /**
     * Scores before softmax.
     *
     * @param ids batch × tokens, int64
     * @param mask batch × tokens, any type: 1 where there is a token, 0 where there is padding
     * @param dropout as above
     * @return batch × 3: SELL, HOLD, BUY
     * @throws IllegalArgumentException if there are more tokens than positions
     */
    public NDArray logits(NDArray ids, NDArray mask, float dropout) {
        NDArray pooled = pooled(encoder.encode(embedded(ids, dropout), attention(mask), dropout));
        return Encoder.linear(weights, BertShape.CLASSIFIER, Encoder.drop(pooled, dropout));
    }

    /** Returns the encoder's output for each token: batch × tokens × width. */
    public NDArray encoded(TokenBatch tokens, float dropout) {
        return encoder.encode(embedded(tokens.ids(), dropout), attention(tokens.mask()), dropout);
    }

    /** Returns the pooler's output for the first token of {@link #encoded}: batch × width, each from −1 to 1. */
    public NDArray pooled(NDArray encoded) {
        return Activation.tanh(Encoder.linear(weights, BertShape.POOLER, encoded.get(new NDIndex(":, 0, :"))));
    }

    private NDArray embedded(NDArray ids, float dropout) {
        long tokens = ids.getShape().get(1);
        if (tokens > shape.positions()) {
            throw new IllegalArgumentException(
                    "a text of " + tokens + " tokens, expected " + shape.positions() + " at most");
        }
        NDManager step = ids.getManager();
        NDArray places = step.arange(0, (int) tokens, 1, DataType.INT64).reshape(1, tokens);
        NDArray type = step.zeros(new Shape(1, 1), DataType.INT64);
        NDArray sum = embedding("word_embeddings", ids)
                .add(embedding("token_type_embeddings", type))
                .add(embedding("position_embeddings", places));
        NDArray normed = Encoder.norm(
                weights,
                BertShape.EMBEDDINGS + "LayerNorm",
                sum,
                shape.encoder().epsilon());
        return Encoder.drop(normed, dropout);
    }

    private NDArray embedding(String name, NDArray ids) {
        NDArray table = weights.get(BertShape.EMBEDDINGS + name + ".weight");
        return Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
    }

    private static NDArray attention(NDArray mask) {
        Shape spread = new Shape(mask.getShape().get(0), 1, 1, mask.getShape().get(1));
        NDArray ones = mask.toType(DataType.FLOAT32, false);
        return ones.sub(1).mul(Encoder.number(ones, FAR)).reshape(spread);
    }

    /** Returns the probabilities of texts given as token ids, n × 3 row-major; frees all arrays. */
    public float[] probabilities(Iterable<int[]> texts) {
        try (NDManager step = weights.manager().newSubManager()) {
            return logits(TokenBatch.of(step, texts, shape.padding()), 0)
                    .softmax(-1)
                    .toFloatArray();
        }
    }
}
