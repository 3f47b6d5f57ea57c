package io.hindcast.ml.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Weights of a network by name, in a fixed order; trained ones have gradients. Not thread-safe. */
public final class Weights {

    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final Map<String, NDArray> trained = new LinkedHashMap<>();

    /** @param manager manager that owns the weights */
    public Weights(NDManager manager) {
        this.manager = manager;
    }

    public NDManager manager() {
        return manager;
    }

    /** Values of one weight: numbers of this shape, row-major. */
    @SuppressWarnings("ArrayRecordComponent") // as PyTorch takes and gives them
    public record Values(float[] numbers, long[] shape) {}

    /** Adds a weight that is not trained. */
    public void put(String name, float[] numbers, long... shape) {
        NDArray array = manager.create(numbers, new Shape(shape));
        array.setName(name);
        NDArray before = arrays.put(name, array);
        if (before != null) {
            throw new IllegalArgumentException("there are two weights " + name);
        }
    }

    /** Marks a weight as trained. */
    public void train(String name) {
        NDArray array = get(name);
        array.setRequiresGradient(true);
        trained.put(name, array);
    }

    /**
     * Adds a matrix of outputs × inputs drawn uniformly from ±√(6 / (inputs + outputs)) (Glorot and Bengio,
     * Understanding the difficulty of training deep feedforward neural networks, 2010) and a bias of zeros, both
     * trained: {@code name.weight}, {@code name.bias}.
     */
    public void linear(String name, int outputs, int inputs, RandomGenerator random) {
        double bound = StrictMath.sqrt(6.0 / (inputs + outputs));
        float[] weight = new float[outputs * inputs];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.nextDouble(-bound, bound);
        }
        put(name + ".weight", weight, outputs, inputs);
        put(name + ".bias", new float[outputs], outputs);
        train(name + ".weight");
        train(name + ".bias");
    }

    /** Adds a layer norm's gain of ones and bias of zeros, both trained. */
    public void norm(String name, int width) {
        float[] ones = new float[width];
        java.util.Arrays.fill(ones, 1);
        put(name + ".weight", ones, width);
        put(name + ".bias", new float[width], width);
        train(name + ".weight");
        train(name + ".bias");
    }

    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("there is no weight " + name + ", only " + arrays.keySet());
        }
        return array;
    }

    public boolean contains(String name) {
        return arrays.containsKey(name);
    }

    public Collection<String> names() {
        return arrays.keySet();
    }

    /** Returns the trained weights by name, in the order in which they were added. */
    public Map<String, NDArray> trained() {
        return trained;
    }

    /** Returns copies of the trained weights. */
    public Map<String, float[]> snapshot() {
        Map<String, float[]> copies = new LinkedHashMap<>();
        trained.forEach((name, array) -> copies.put(name, array.toFloatArray()));
        return copies;
    }

    /** Restores a {@link #snapshot}. */
    public void restore(Map<String, float[]> copies) {
        copies.forEach((name, numbers) -> get(name).set(numbers));
    }

    /** Returns all weights in the safetensors format, by name; the same bytes for the same weights. */
    public byte[] toSafetensors() {
        NDList list = new NDList();
        new TreeMap<>(arrays).values().forEach(list::add);
        return list.encode(NDList.Encoding.SAFETENSORS);
    }

    /**
     * Reads weights in the safetensors format, such as {@link #toSafetensors} writes.
     *
     * @throws IllegalArgumentException if the bytes are in another format
     */
    public static Map<String, Values> fromSafetensors(byte[] bytes) {
        return Safetensors.read(bytes);
    }

    /** Returns the numbers of one weight, row-major. */
    public Values values(String name) {
        NDArray array = get(name);
        return new Values(array.toFloatArray(), array.getShape().getShape());
    }
}
