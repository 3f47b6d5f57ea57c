package io.hindcast.ml.bert;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.hindcast.ml.onnx.GraphBuilder;
import io.hindcast.ml.torch.EncoderGraph;
import io.hindcast.ml.torch.Weights;
import java.util.HashMap;
import java.util.Map;

/**
 * Matrix products in int8: weights are quantised once, with a scale per output; inputs are quantised at run time by
 * their range (ONNX operators {@code DynamicQuantizeLinear} and {@code MatMulInteger}).
 *
 * <p>Weights range from −64 to 64 instead of 127: processors without int8 instructions add two byte products in 16
 * bits, which 255 · 64 · 2 still fits. So the integers are the same on every machine.
 */
final class Int8Product implements EncoderGraph.Product {

    private static final int LARGEST = 64;

    /** Inputs that are quantised already: queries, keys and values share one. */
    private final Map<String, String[]> quantised = new HashMap<>();

    @Override
    public String of(GraphBuilder graph, Weights weights, String name, String input) {
        Weights.Values values = weights.values(name + ".weight");
        int outputs = (int) values.shape()[0];
        int inputs = (int) values.shape()[1];
        byte[] rounded = new byte[outputs * inputs];
        float[] scales = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            float most = 0;
            for (int i = 0; i < inputs; i++) {
                most = Math.max(most, Math.abs(values.numbers()[o * inputs + i]));
            }
            scales[o] = most == 0 ? 1 : most / LARGEST;
            for (int i = 0; i < inputs; i++) {
                rounded[i * outputs + o] = (byte) Math.round(values.numbers()[o * inputs + i] / scales[o]);
            }
        }
        String[] parts =
                quantised.computeIfAbsent(input, wanted -> graph.nodes("DynamicQuantizeLinear", Map.of(), 3, wanted));
        String sums =
                graph.node("MatMulInteger", parts[0], graph.int8s(name + ".int8", rounded, inputs, outputs), parts[2]);
        String scale = graph.node("Mul", parts[1], graph.floats(name + ".scale", scales, outputs));
        String floats = graph.node("Cast", Map.of("to", (long) DataType.FLOAT.getNumber()), sums);
        return graph.node(
                "Add", graph.node("Mul", floats, scale), EncoderGraph.constant(graph, weights, name + ".bias"));
    }
}
