package io.hindcast.ml.onnx;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds an ONNX model (IR 8, opset 17) node by node. Values are named by their operator and a counter, so that the
 * same calls give the same bytes. Not thread-safe.
 */
public final class GraphBuilder {

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("hindcast");
    private int values;

    /** Declares an input whose dimensions have names ({@code String}) or lengths ({@code Integer}). */
    public String input(String name, TensorProto.DataType type, Object... dimensions) {
        graph.addInput(declared(name, type, dimensions));
        return name;
    }

    /** Declares an output as the value {@code from} under another name. */
    public void output(String name, String from, TensorProto.DataType type, Object... dimensions) {
        graph.addNode(
                NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(name));
        graph.addOutput(declared(name, type, dimensions));
    }

    private static ValueInfoProto declared(String name, TensorProto.DataType type, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(
                    dimension instanceof Integer length
                            ? one.setDimValue(length)
                            : one.setDimParam(dimension.toString()));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    /** Adds a named constant of floats. */
    public String floats(String name, float[] numbers, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return constant(name, TensorProto.DataType.FLOAT, bytes.array(), shape);
    }

    /** Adds a named constant of bytes, −128 to 127. */
    public String int8s(String name, byte[] numbers, long... shape) {
        return constant(name, TensorProto.DataType.INT8, numbers, shape);
    }

    /** Adds a constant of one float. */
    public String number(float value) {
        return floats(next("number"), new float[] {value});
    }

    /** Adds a constant of one float without dimensions, which some operators require. */
    public String scalar(float value) {
        return floats(next("scalar"), new float[] {value});
    }

    /** Adds a constant list of whole numbers, such as a shape. */
    public String longs(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(numbers);
        return constant(next("longs"), TensorProto.DataType.INT64, bytes.array(), numbers.length);
    }

    private String constant(String name, TensorProto.DataType type, byte[] littleEndian, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(littleEndian));
        Arrays.stream(shape).forEach(tensor::addDims);
        graph.addInitializer(tensor);
        return name;
    }

    /** Adds a node with one output and no attributes. */
    public String node(String operator, String... inputs) {
        return node(operator, Map.of(), inputs);
    }

    /**
     * Adds a node with one output.
     *
     * @param attributes a {@code Long}, {@code Float} or {@code long[]} each
     */
    public String node(String operator, Map<String, Object> attributes, String... inputs) {
        return nodes(operator, attributes, 1, inputs)[0];
    }

    /** Adds a node with several outputs. */
    public String[] nodes(String operator, Map<String, Object> attributes, int outputs, String... inputs) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addAllInput(Arrays.asList(inputs));
        String[] names = new String[outputs];
        for (int i = 0; i < outputs; i++) {
            names[i] = next(operator);
            node.addOutput(names[i]);
        }
        new TreeMap<>(attributes).forEach((name, value) -> node.addAttribute(attribute(name, value)));
        graph.addNode(node.setName(names[0]));
        return names;
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        return switch (value) {
            case Long number ->
                attribute.setType(AttributeProto.AttributeType.INT).setI(number).build();
            case Float number ->
                attribute
                        .setType(AttributeProto.AttributeType.FLOAT)
                        .setF(number)
                        .build();
            case long[] numbers -> {
                attribute.setType(AttributeProto.AttributeType.INTS);
                Arrays.stream(numbers).forEach(attribute::addInts);
                yield attribute.build();
            }
            default -> throw new IllegalArgumentException("attribute " + name + " is a " + value.getClass());
        };
    }

    private String next(String what) {
        return what + "_" + values++;
    }

    /**
     * Returns the model's bytes.
     *
     * @param metadata entries of the model's metadata
     */
    public byte[] toBytes(Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("hindcast")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph);
        new TreeMap<>(metadata)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }
}
