package io.hindcast.ml.lightgbm;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.hindcast.ml.lightgbm.TreeEnsemble.Tree;
import io.hindcast.ml.onnx.OnnxNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exports a tree ensemble as one ONNX {@code TreeEnsembleClassifier} node (domain {@code ai.onnx.ml}, version 3, IR 8).
 *
 * <p>Since version 3 of the operator, thresholds and leaf weights may be doubles ({@code nodes_values_as_tensor},
 * {@code class_weights_as_tensor}), as they are here: the runtime then compares and sums in double, nothing is rounded,
 * every decision is the trainer's, and only the resulting probabilities are floats. With float thresholds each would
 * have to be rounded down, features would have to be rounded before training, and hundreds of leaf values would be
 * summed in float, which comes near the 1e-6 by which the export may differ.
 *
 * <p>A missing value goes where the trainer sends it ({@code nodes_missing_value_tracks_true}).
 */
public final class TreeEnsembleExport {

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final int ML_OPSET = 3;

    private TreeEnsembleExport() {}

    /**
     * Exports an ensemble.
     *
     * @param metadata entries of the model's metadata, such as the feature set
     * @return the model's bytes, the same for the same trees and metadata
     */
    public static byte[] toOnnx(TreeEnsemble ensemble, Map<String, String> metadata) {
        Nodes nodes = new Nodes();
        for (int t = 0; t < ensemble.trees().size(); t++) {
            nodes.add(t, t % ensemble.classes(), ensemble.trees().get(t));
        }
        NodeProto node = NodeProto.newBuilder()
                .setOpType("TreeEnsembleClassifier")
                .setDomain("ai.onnx.ml")
                .setName("trees")
                .addInput(OnnxNames.FEATURES)
                .addOutput(OnnxNames.LABEL)
                .addOutput(OnnxNames.PROBABILITIES)
                .addAttribute(ints("nodes_treeids", nodes.trees))
                .addAttribute(ints("nodes_nodeids", nodes.ids))
                .addAttribute(ints("nodes_featureids", nodes.features))
                .addAttribute(strings("nodes_modes", nodes.modes))
                .addAttribute(doubles("nodes_values_as_tensor", nodes.thresholds))
                .addAttribute(ints("nodes_truenodeids", nodes.lefts))
                .addAttribute(ints("nodes_falsenodeids", nodes.rights))
                .addAttribute(ints("nodes_missing_value_tracks_true", nodes.missingLeft))
                .addAttribute(ints("class_treeids", nodes.leafTrees))
                .addAttribute(ints("class_nodeids", nodes.leafIds))
                .addAttribute(ints("class_ids", nodes.leafClasses))
                .addAttribute(doubles("class_weights_as_tensor", nodes.leafWeights))
                .addAttribute(ints("classlabels_int64s", List.of(0L, 1L, 2L).subList(0, ensemble.classes())))
                .addAttribute(AttributeProto.newBuilder()
                        .setName("post_transform")
                        .setType(AttributeProto.AttributeType.STRING)
                        .setS(ByteString.copyFromUtf8("SOFTMAX")))
                .build();
        GraphProto graph = GraphProto.newBuilder()
                .setName("hindcast")
                .addNode(node)
                .addInput(tensor(OnnxNames.FEATURES, TensorProto.DataType.DOUBLE, ensemble.features()))
                .addOutput(tensor(OnnxNames.LABEL, TensorProto.DataType.INT64, 0))
                .addOutput(tensor(OnnxNames.PROBABILITIES, TensorProto.DataType.FLOAT, ensemble.classes()))
                .build();
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("hindcast")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(ML_OPSET))
                .setGraph(graph);
        new TreeMap<>(metadata)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private static AttributeProto ints(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }

    private static AttributeProto strings(String name, List<ByteString> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRINGS)
                .addAllStrings(values)
                .build();
    }

    private static AttributeProto doubles(String name, List<Double> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.DOUBLE.getNumber())
                        .addDims(values.size())
                        .addAllDoubleData(values))
                .build();
    }

    /** Returns a tensor whose first dimension is the number of rows, without a second one if {@code columns} is 0. */
    private static ValueInfoProto tensor(String name, TensorProto.DataType type, int columns) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"));
        if (columns > 0) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    /**
     * The columns of the operator. Inner nodes keep their number; leaf {@code i} of a tree becomes {@code nodes + i}.
     */
    private static final class Nodes {

        private static final ByteString INNER = ByteString.copyFrom("BRANCH_LEQ", StandardCharsets.US_ASCII);
        private static final ByteString LEAF = ByteString.copyFrom("LEAF", StandardCharsets.US_ASCII);

        final List<Long> trees = new ArrayList<>();
        final List<Long> ids = new ArrayList<>();
        final List<Long> features = new ArrayList<>();
        final List<ByteString> modes = new ArrayList<>();
        final List<Double> thresholds = new ArrayList<>();
        final List<Long> lefts = new ArrayList<>();
        final List<Long> rights = new ArrayList<>();
        final List<Long> missingLeft = new ArrayList<>();
        final List<Long> leafTrees = new ArrayList<>();
        final List<Long> leafIds = new ArrayList<>();
        final List<Long> leafClasses = new ArrayList<>();
        final List<Double> leafWeights = new ArrayList<>();

        void add(long number, long clazz, Tree tree) {
            for (int n = 0; n < tree.nodes(); n++) {
                node(number, n, tree.feature(n), INNER, tree.threshold(n), tree.missingLeft(n));
                lefts.add(id(tree, tree.left(n)));
                rights.add(id(tree, tree.right(n)));
            }
            for (int leaf = 0; leaf < tree.leaves(); leaf++) {
                long id = id(tree, -leaf - 1);
                node(number, id, 0, LEAF, 0, false);
                lefts.add(0L);
                rights.add(0L);
                leafTrees.add(number);
                leafIds.add(id);
                leafClasses.add(clazz);
                leafWeights.add(tree.leaf(leaf));
            }
        }

        private void node(long tree, long id, long feature, ByteString mode, double threshold, boolean missing) {
            trees.add(tree);
            ids.add(id);
            features.add(feature);
            modes.add(mode);
            thresholds.add(threshold);
            missingLeft.add(missing ? 1L : 0L);
        }

        private static long id(Tree tree, int child) {
            return child >= 0 ? child : tree.nodes() + (-child - 1L);
        }
    }
}
