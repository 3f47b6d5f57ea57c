package io.hindcast.ml.trl;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import io.hindcast.ml.torch.Encoder;
import io.hindcast.ml.torch.Weights;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Low-rank adapters on queries, keys and values: beside {@code W·x + b} they add {@code alpha / r · B·(A·x)}. They are
 * among the network's weights; only they and the classifier are trained.
 */
public final class Lora {

    static final String A = ".lora_A.weight";
    static final String B = ".lora_B.weight";
    static final List<String> TARGETS = List.of("query", "key", "value");
    static final String HEAD = "classifier";

    private static final String WEIGHT = ".weight";
    private static final String ATTENTION = ".attention.self.";

    private final LoraShape shape;
    private final Weights weights;

    private Lora(LoraShape shape, Weights weights) {
        this.shape = shape;
        this.weights = weights;
    }

    /**
     * Adds adapters that change nothing yet, and marks them and the classifier as trained: A is drawn uniformly from
     * ±1/√inputs, which is Kaiming's uniform initialisation with gain √(1/3) (He et al., Delving deep into rectifiers,
     * 2015) and PEFT's default, B is zero.
     */
    public static Lora add(LoraShape shape, Weights weights, RandomGenerator random) {
        for (String name : adapted(weights)) {
            long[] lengths = weights.get(name + WEIGHT).getShape().getShape();
            int outputs = (int) lengths[0];
            int inputs = (int) lengths[1];
            double bound = 1 / StrictMath.sqrt(inputs);
            float[] a = new float[shape.rank() * inputs];
            for (int i = 0; i < a.length; i++) {
                a[i] = (float) random.nextDouble(-bound, bound);
            }
            weights.put(name + A, a, shape.rank(), inputs);
            weights.put(name + B, new float[outputs * shape.rank()], outputs, shape.rank());
            weights.train(name + A);
            weights.train(name + B);
        }
        weights.train(HEAD + WEIGHT);
        weights.train(HEAD + ".bias");
        return new Lora(shape, weights);
    }

    /** Returns the names of the weights that have adapters, without {@code .weight}, in the network's order. */
    private static List<String> adapted(Weights weights) {
        return weights.names().stream()
                .filter(name -> name.endsWith(WEIGHT))
                .map(name -> name.substring(0, name.length() - WEIGHT.length()))
                .filter(name -> TARGETS.stream().anyMatch(target -> name.endsWith(ATTENTION + target)))
                .toList();
    }

    public LoraShape shape() {
        return shape;
    }

    /** Returns the projection of queries, keys and values with adapters. */
    public Encoder.Projection projection(float dropout) {
        return (name, input) -> {
            NDArray plain = Encoder.linear(weights, name, input);
            if (!weights.contains(name + A)) {
                return plain;
            }
            NDArray low = Linear.linear(Encoder.drop(input, dropout), weights.get(name + A))
                    .singletonOrThrow();
            NDArray added = Linear.linear(low, weights.get(name + B)).singletonOrThrow();
            return plain.add(added.mul(Encoder.number(added, shape.scale())));
        };
    }

    /** Returns the current adapters and classifier by name. */
    public Map<String, Weights.Values> values() {
        Map<String, Weights.Values> values = new TreeMap<>();
        weights.trained().keySet().forEach(name -> values.put(name, weights.values(name)));
        return values;
    }

    /**
     * Replaces adapters and classifier.
     *
     * @throws IllegalArgumentException if names or shapes differ
     */
    public void set(Map<String, Weights.Values> values) {
        if (!values.keySet().equals(weights.trained().keySet())) {
            throw new IllegalArgumentException("adapters " + values.keySet() + ", expected "
                    + weights.trained().keySet());
        }
        values.forEach((name, value) -> {
            long[] expected = weights.get(name).getShape().getShape();
            if (!java.util.Arrays.equals(expected, value.shape())) {
                throw new IllegalArgumentException("adapter " + name + " is of "
                        + java.util.Arrays.toString(value.shape()) + ", expected "
                        + java.util.Arrays.toString(expected));
            }
        });
        values.forEach((name, value) -> weights.get(name).set(value.numbers()));
    }

    /** Applies a calibration to the classifier's weights. */
    void calibrate(Calibration calibration) {
        float[] weight = weights.values(HEAD + WEIGHT).numbers();
        float[] bias = weights.values(HEAD + ".bias").numbers();
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (weight[i] / calibration.temperature());
        }
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) (bias[c] / calibration.temperature() + calibration.offsets()[c]);
        }
        weights.get(HEAD + WEIGHT).set(weight);
        weights.get(HEAD + ".bias").set(bias);
    }

    /**
     * Returns the weights of the plain network by name, with adapters merged: {@code W + alpha / r · B·A} in place of
     * each W that has one.
     */
    public Map<String, Weights.Values> merged() {
        Map<String, Weights.Values> merged = new TreeMap<>();
        for (String name : weights.names()) {
            if (!name.endsWith(A) && !name.endsWith(B)) {
                merged.put(name, weights.values(name));
            }
        }
        for (String name : adapted(weights)) {
            Weights.Values a = weights.values(name + A);
            Weights.Values b = weights.values(name + B);
            Weights.Values w = weights.values(name + WEIGHT);
            int inputs = (int) w.shape()[1];
            float[] sum = new float[w.numbers().length];
            for (int i = 0; i < sum.length; i++) {
                double product = 0;
                for (int r = 0; r < shape.rank(); r++) {
                    product +=
                            (double) b.numbers()[i / inputs * shape.rank() + r] * a.numbers()[r * inputs + i % inputs];
                }
                sum[i] = (float) (w.numbers()[i] + shape.scale() * product);
            }
            merged.put(name + WEIGHT, new Weights.Values(sum, w.shape()));
        }
        return merged;
    }
}
