package io.hindcast.ml.bert;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.hindcast.ml.onnx.GraphBuilder;
import io.hindcast.ml.onnx.OnnxNames;
import io.hindcast.ml.torch.EncoderGraph;
import io.hindcast.ml.torch.Weights;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exports a network as an ONNX model, from token ids to probabilities of SELL, HOLD and BUY. The numbers of rows and
 * tokens are dynamic, up to the network's positions.
 */
public final class BertExport {

    private static final float FAR = 1e9f;

    private final GraphBuilder graph = new GraphBuilder();
    private final BertShape shape;
    private final Weights weights;
    private final EncoderGraph.Product product;

    private BertExport(BertShape shape, Weights weights, EncoderGraph.Product product) {
        this.shape = shape;
        this.weights = weights;
        this.product = product;
    }

    /**
     * Exports the network in floats.
     *
     * @param weights weights with merged adapters
     * @param maxTokens length of a scorer's rows
     * @param metadata entries beside those that a scorer needs
     */
    public static byte[] toOnnx(BertShape shape, Weights weights, int maxTokens, Map<String, String> metadata) {
        return new BertExport(shape, weights, EncoderGraph::linear).build(maxTokens, metadata);
    }

    /**
     * Exports the network with int8 matrices ({@link Int8Product}); embeddings, norms and sums stay floats. Its scores
     * are close to those in floats; {@link Int8Agreement} measures how close. A scorer feeds it one row at a time,
     * because quantisation depends on the whole batch, and a row's score must not depend on the other rows.
     */
    public static byte[] toInt8Onnx(BertShape shape, Weights weights, int maxTokens, Map<String, String> metadata) {
        Map<String, String> all = new TreeMap<>(metadata);
        all.put(OnnxNames.BATCH, "1");
        return new BertExport(shape, weights, new Int8Product()).build(maxTokens, all);
    }

    private byte[] build(int maxTokens, Map<String, String> metadata) {
        if (maxTokens > shape.positions()) {
            throw new IllegalArgumentException(
                    "rows of " + maxTokens + " tokens, expected " + shape.positions() + " at most, one a position");
        }
        String ids = graph.input(OnnxNames.INPUT_IDS, DataType.INT64, "rows", "tokens");
        String mask = graph.input(OnnxNames.ATTENTION_MASK, DataType.INT64, "rows", "tokens");
        String encoded = new EncoderGraph(shape.encoder(), weights, BertShape.ENCODER, graph, product)
                .encode(embedded(ids), attention(mask));
        String first = graph.node(
                "Reshape",
                graph.node("Slice", encoded, graph.longs(0), graph.longs(1), graph.longs(1)),
                graph.longs(0, -1));
        String pooled = graph.node("Tanh", product.of(graph, weights, BertShape.POOLER, first));
        String logits = EncoderGraph.linear(graph, weights, BertShape.CLASSIFIER, pooled);
        String probabilities = graph.node("Softmax", Map.of("axis", -1L), logits);
        String label = graph.node("ArgMax", Map.of("axis", -1L, "keepdims", 0L), logits);
        graph.output(OnnxNames.PROBABILITIES, probabilities, DataType.FLOAT, "rows", BertShape.CLASSES);
        graph.output(OnnxNames.LABEL, label, DataType.INT64, "rows");
        Map<String, String> all = new TreeMap<>(metadata);
        all.put(OnnxNames.MAX_TOKENS, Integer.toString(maxTokens));
        all.put(OnnxNames.PAD_ID, Integer.toString(shape.padding()));
        return graph.toBytes(all);
    }

    private String embedded(String ids) {
        String words = graph.node("Gather", table("word_embeddings"), ids);
        String count = graph.node("Slice", graph.node("Shape", ids), graph.longs(1), graph.longs(2));
        String places = graph.node("Slice", table("position_embeddings"), graph.longs(0), count);
        String type = graph.node("Slice", table("token_type_embeddings"), graph.longs(0), graph.longs(1));
        String sum = graph.node("Add", graph.node("Add", words, type), places);
        return EncoderGraph.norm(
                graph,
                weights,
                BertShape.EMBEDDINGS + "LayerNorm",
                sum,
                shape.encoder().epsilon());
    }

    private String table(String name) {
        return EncoderGraph.constant(graph, weights, BertShape.EMBEDDINGS + name + ".weight");
    }

    /** Returns rows × 1 × 1 × tokens: 0, or very negative at padding. */
    private String attention(String mask) {
        String present = graph.node("Cast", Map.of("to", (long) DataType.FLOAT.getNumber()), mask);
        String far = graph.node("Mul", graph.node("Sub", present, graph.number(1)), graph.number(FAR));
        return graph.node("Unsqueeze", far, graph.longs(1, 2));
    }
}
