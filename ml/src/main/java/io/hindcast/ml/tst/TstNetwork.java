package io.hindcast.ml.tst;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.hindcast.ml.torch.Encoder;
import io.hindcast.ml.torch.Weights;
import java.util.random.RandomGenerator;

/**
 * The network: normalisation, projection of each token, learned positions, encoder, head. With patches it also
 * normalises each window by its own mean and spread, feature by feature; the level that this removes reaches the head
 * through the last bar's values.
 */
final class TstNetwork {

    static final String ENCODER = "encoder.";
    /** Added to a window's variance, whose usual size is 1, so that rounding is not amplified in constant windows. */
    static final float INSTANCE_EPSILON = 1e-2f;

    private final TstShape shape;
    private final int features;
    private final Weights weights;
    private final Encoder encoder;

    TstNetwork(TstShape shape, int features, Weights weights) {
        this.shape = shape;
        this.features = features;
        this.weights = weights;
        this.encoder = new Encoder(shape.encoder(), weights, ENCODER);
    }

    /** Adds the weights of a new network. */
    static void initialise(
            TstShape shape, int features, Normalisation normalisation, Weights weights, RandomGenerator random) {
        weights.put("normalisation.mean", normalisation.mean(), features);
        weights.put("normalisation.spread", normalisation.spread(), features);
        weights.linear("projection", shape.width(), shape.tokenInputs(features), random);
        float[] positions = new float[shape.tokens() * shape.width()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) (0.02 * random.nextGaussian());
        }
        weights.put("positions", positions, shape.tokens(), shape.width());
        weights.train("positions");
        Encoder.initialise(shape.encoder(), weights, ENCODER, random);
        weights.linear("head", 3, shape.headInputs(features), random);
    }

    /**
     * Returns the scores before softmax.
     *
     * @param windows batch × bars × features, {@code NaN} where a value is missing
     * @return batch × 3: SELL, HOLD, BUY
     */
    NDArray logits(NDArray windows, float dropout) {
        long batch = windows.getShape().get(0);
        NDArray normalised = windows.sub(weights.get("normalisation.mean")).div(weights.get("normalisation.spread"));
        NDArray missing = windows.isNaN();
        NDArray values = NDArrays.where(missing, normalised.getManager().zeros(normalised.getShape()), normalised)
                .clip(-Normalisation.LIMIT, Normalisation.LIMIT);
        NDArray tokens = Encoder.linear(weights, "projection", shape.patched() ? patches(values, batch) : values)
                .add(weights.get("positions"));
        NDArray encoded = encoder.encode(Encoder.drop(tokens, dropout), null, dropout);
        NDArray head = shape.patched()
                ? encoded.reshape(new Shape(batch, (long) shape.tokens() * shape.width()))
                        .concat(lastBar(values), 1)
                : lastBar(encoded);
        return Encoder.linear(weights, "head", Encoder.drop(head, dropout));
    }

    private static NDArray lastBar(NDArray sequence) {
        return sequence.get(new NDIndex(":, -1, :"));
    }

    /** Returns batch × tokens × (patch · features): each half patch joined with the next. */
    private NDArray patches(NDArray values, long batch) {
        NDArray centred = values.sub(values.mean(new int[] {1}, true));
        NDArray spread =
                centred.square().mean(new int[] {1}, true).add(INSTANCE_EPSILON).sqrt();
        int half = shape.patch() / 2;
        NDArray halves = centred.div(spread).reshape(new Shape(batch, shape.bars() / half, (long) half * features));
        int count = shape.bars() / half;
        NDArray earlier = halves.get(new NDIndex(":, 0:" + (count - 1) + ", :"));
        NDArray later = halves.get(new NDIndex(":, 1:" + count + ", :"));
        return NDArrays.concat(new NDList(earlier, later), 2);
    }

    /** Returns n windows as an array. */
    NDArray windows(NDManager manager, float[] values, int n) {
        return manager.create(values, new Shape(n, shape.bars(), features));
    }

    /** Returns the probabilities of n windows, n × 3 row-major. */
    float[] probabilities(NDManager manager, float[] values, int n) {
        return logits(windows(manager, values, n), 0).softmax(-1).toFloatArray();
    }
}
