package io.hindcast.ml.tst;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.hindcast.ml.onnx.GraphBuilder;
import io.hindcast.ml.onnx.OnnxNames;
import io.hindcast.ml.torch.EncoderGraph;
import io.hindcast.ml.torch.Weights;
import java.util.Map;

/** Exports a network as an ONNX model, from window to probabilities, normalisation included. */
final class TstExport {

    private final GraphBuilder graph = new GraphBuilder();
    private final TstShape shape;
    private final int features;
    private final Weights weights;

    private TstExport(TstShape shape, int features, Weights weights) {
        this.shape = shape;
        this.features = features;
        this.weights = weights;
    }

    static byte[] toOnnx(TstShape shape, int features, Weights weights, Map<String, String> metadata) {
        return new TstExport(shape, features, weights).build(metadata);
    }

    private byte[] build(Map<String, String> metadata) {
        String window = graph.input(OnnxNames.WINDOW, DataType.FLOAT, "rows", shape.bars(), features);
        String values = normalised(window);
        String tokens = graph.node(
                "Add",
                EncoderGraph.linear(graph, weights, "projection", shape.patched() ? patches(values) : values),
                EncoderGraph.constant(graph, weights, "positions"));
        String encoded = new EncoderGraph(shape.encoder(), weights, TstNetwork.ENCODER, graph).encode(tokens, null);
        String head = shape.patched()
                ? graph.node(
                        "Concat",
                        Map.of("axis", 1L),
                        graph.node("Reshape", encoded, graph.longs(0, (long) shape.tokens() * shape.width())),
                        last(values, shape.bars()))
                : last(encoded, shape.tokens());
        String logits = EncoderGraph.linear(graph, weights, "head", head);
        graph.output(
                OnnxNames.PROBABILITIES, graph.node("Softmax", Map.of("axis", -1L), logits), DataType.FLOAT, "rows", 3);
        graph.output(
                OnnxNames.LABEL,
                graph.node("ArgMax", Map.of("axis", -1L, "keepdims", 0L), logits),
                DataType.INT64,
                "rows");
        return graph.toBytes(metadata);
    }

    private String normalised(String window) {
        String centred = graph.node("Sub", window, EncoderGraph.constant(graph, weights, "normalisation.mean"));
        String scaled = graph.node("Div", centred, EncoderGraph.constant(graph, weights, "normalisation.spread"));
        String present = graph.node("Where", graph.node("IsNaN", window), graph.number(0), scaled);
        return graph.node("Clip", present, graph.scalar(-Normalisation.LIMIT), graph.scalar(Normalisation.LIMIT));
    }

    private String last(String sequence, int length) {
        return graph.node(
                "Reshape",
                graph.node("Slice", sequence, graph.longs(length - 1), graph.longs(length), graph.longs(1)),
                graph.longs(0, -1));
    }

    private String patches(String values) {
        Map<String, Object> overBars = Map.of("axes", new long[] {1}, "keepdims", 1L);
        String centred = graph.node("Sub", values, graph.node("ReduceMean", overBars, values));
        String variance = graph.node("ReduceMean", overBars, graph.node("Mul", centred, centred));
        String spread = graph.node("Sqrt", graph.node("Add", variance, graph.number(TstNetwork.INSTANCE_EPSILON)));
        long half = shape.patch() / 2;
        long count = shape.bars() / half;
        String halves =
                graph.node("Reshape", graph.node("Div", centred, spread), graph.longs(0, count, half * features));
        String earlier = graph.node("Slice", halves, graph.longs(0), graph.longs(count - 1), graph.longs(1));
        String later = graph.node("Slice", halves, graph.longs(1), graph.longs(count), graph.longs(1));
        return graph.node("Concat", Map.of("axis", 2L), earlier, later);
    }
}
