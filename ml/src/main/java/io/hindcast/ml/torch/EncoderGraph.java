package io.hindcast.ml.torch;

import io.hindcast.ml.onnx.GraphBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the encoder of {@link Encoder} as nodes of an ONNX graph. */
public final class EncoderGraph {

    private final EncoderShape shape;
    private final Weights weights;
    private final String prefix;
    private final GraphBuilder graph;
    private final Product product;

    /** Adds the product with a weight matrix to a graph: in floats, or quantised. */
    @FunctionalInterface
    public interface Product {

        /**
         * Returns the name of the value {@code input · weightᵀ + bias}.
         *
         * @param name name of the weights, without {@code .weight} or {@code .bias}
         */
        String of(GraphBuilder graph, Weights weights, String name, String input);
    }

    public EncoderGraph(EncoderShape shape, Weights weights, String prefix, GraphBuilder graph) {
        this(shape, weights, prefix, graph, EncoderGraph::linear);
    }

    public EncoderGraph(EncoderShape shape, Weights weights, String prefix, GraphBuilder graph, Product product) {
        this.shape = shape;
        this.weights = weights;
        this.prefix = prefix;
        this.graph = graph;
        this.product = product;
    }

    /**
     * Adds the encoder.
     *
     * @param hidden batch × tokens × width
     * @param mask as {@link Encoder#encode} takes it, or null
     * @return batch × tokens × width
     */
    public String encode(String hidden, @Nullable String mask) {
        String last = hidden;
        for (int i = 0; i < shape.layers(); i++) {
            String layer = prefix + "layer." + i + ".";
            String attended = attention(layer + "attention.self.", last, mask);
            String dense = product.of(graph, weights, layer + "attention.output.dense", attended);
            last = norm(layer + "attention.output.LayerNorm", graph.node("Add", last, dense));
            String inner = product.of(graph, weights, layer + "intermediate.dense", last);
            String active = switch (shape.activation()) {
                case RELU -> graph.node("Relu", inner);
                case GELU -> gelu(inner);
            };
            String outer = product.of(graph, weights, layer + "output.dense", active);
            last = norm(layer + "output.LayerNorm", graph.node("Add", last, outer));
        }
        return last;
    }

    private String attention(String name, String hidden, @Nullable String mask) {
        int size = shape.width() / shape.heads();
        String query = heads(product.of(graph, weights, name + "query", hidden), size, 0, 2, 1, 3);
        String key = heads(product.of(graph, weights, name + "key", hidden), size, 0, 2, 3, 1);
        String value = heads(product.of(graph, weights, name + "value", hidden), size, 0, 2, 1, 3);
        String scores =
                graph.node("Div", graph.node("MatMul", query, key), graph.number((float) StrictMath.sqrt(size)));
        String masked = mask == null ? scores : graph.node("Add", scores, mask);
        String share = graph.node("Softmax", Map.of("axis", -1L), masked);
        String mixed =
                graph.node("Transpose", Map.of("perm", new long[] {0, 2, 1, 3}), graph.node("MatMul", share, value));
        return graph.node("Reshape", mixed, graph.longs(0, 0, shape.width()));
    }

    /** Splits a projection into heads; 0 keeps a dimension. */
    private String heads(String projected, int size, long... order) {
        String split = graph.node("Reshape", projected, graph.longs(0, 0, shape.heads(), size));
        return graph.node("Transpose", Map.of("perm", order), split);
    }

    private String norm(String name, String input) {
        return norm(graph, weights, name, input, shape.epsilon());
    }

    /** Adds a layer norm over the last dimension. */
    public static String norm(GraphBuilder graph, Weights weights, String name, String input, float epsilon) {
        return graph.node(
                "LayerNormalization",
                Map.of("axis", -1L, "epsilon", epsilon),
                input,
                constant(graph, weights, name + ".weight"),
                constant(graph, weights, name + ".bias"));
    }

    private String gelu(String input) {
        String erf = graph.node("Erf", graph.node("Div", input, graph.number((float) StrictMath.sqrt(2))));
        String twice = graph.node("Mul", input, graph.node("Add", erf, graph.number(1)));
        return graph.node("Mul", twice, graph.number(0.5f));
    }

    /** Adds {@code input · weightᵀ + bias} in floats. */
    public static String linear(GraphBuilder graph, Weights weights, String name, String input) {
        Weights.Values values = weights.values(name + ".weight");
        int outputs = (int) values.shape()[0];
        int inputs = (int) values.shape()[1];
        float[] turned = new float[values.numbers().length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                turned[i * outputs + o] = values.numbers()[o * inputs + i];
            }
        }
        String weight = graph.floats(name + ".weight", turned, inputs, outputs);
        return graph.node("Add", graph.node("MatMul", input, weight), constant(graph, weights, name + ".bias"));
    }

    /** Adds a weight as a constant. */
    public static String constant(GraphBuilder graph, Weights weights, String name) {
        Weights.Values values = weights.values(name);
        return graph.floats(name, values.numbers(), values.shape());
    }
}
