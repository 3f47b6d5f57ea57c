package io.hindcast.ml.trl;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.onnx.GraphBuilder;
import io.hindcast.ml.onnx.OnnxNames;
import io.hindcast.ml.torch.EncoderGraph;
import io.hindcast.ml.torch.Weights;
import java.util.HashMap;
import java.util.Map;

/** A network as an ONNX model, from token ids to probabilities. */
final class TrlExport {

    private TrlExport() {}

    static byte[] toOnnx(BertShape shape, Weights weights, int maxTokens, Map<String, String> metadata) {
        GraphBuilder graph = new GraphBuilder();
        String ids = graph.input(OnnxNames.INPUT_IDS, DataType.INT64, "rows", "tokens");
        String mask = graph.input(OnnxNames.ATTENTION_MASK, DataType.INT64, "rows", "tokens");
        String words = graph.node(
                "Gather", EncoderGraph.constant(graph, weights, BertShape.EMBEDDINGS + "word_embeddings.weight"), ids);
        String length = graph.node("Slice", graph.node("Shape", ids), graph.longs(1), graph.longs(2));
        String positions = graph.node(
                "Slice",
                EncoderGraph.constant(graph, weights, BertShape.EMBEDDINGS + "position_embeddings.weight"),
                graph.longs(0),
                length);
        String type = graph.node(
                "Slice",
                EncoderGraph.constant(graph, weights, BertShape.EMBEDDINGS + "token_type_embeddings.weight"),
                graph.longs(0),
                graph.longs(1));
        String sum = graph.node("Add", graph.node("Add", words, type), positions);
        String hidden = EncoderGraph.norm(
                graph, weights, BertShape.EMBEDDINGS + "LayerNorm", sum, shape.encoder().epsilon());
        String far = graph.node(
                "Mul",
                graph.node("Sub", graph.node("Cast", Map.of("to", 1L), mask), graph.number(1)),
                graph.number(1e9f));
        String spread = graph.node("Unsqueeze", far, graph.longs(1, 2));
        String encoded = new EncoderGraph(shape.encoder(), weights, BertShape.ENCODER, graph).encode(hidden, spread);
        String first = graph.node(
                "Reshape",
                graph.node("Slice", encoded, graph.longs(0), graph.longs(1), graph.longs(1)),
                graph.longs(0, -1));
        String pooled = graph.node("Tanh", EncoderGraph.linear(graph, weights, BertShape.POOLER, first));
        String logits = EncoderGraph.linear(graph, weights, BertShape.CLASSIFIER, pooled);
        graph.output(
                OnnxNames.PROBABILITIES, graph.node("Softmax", Map.of("axis", -1L), logits), DataType.FLOAT, "rows", 3);
        graph.output(
                OnnxNames.LABEL,
                graph.node("ArgMax", Map.of("axis", -1L, "keepdims", 0L), logits),
                DataType.INT64,
                "rows");
        Map<String, String> all = new HashMap<>(metadata);
        all.put(OnnxNames.MAX_TOKENS, Integer.toString(maxTokens));
        all.put(OnnxNames.PAD_ID, Integer.toString(shape.padding()));
        return graph.toBytes(all);
    }
}
