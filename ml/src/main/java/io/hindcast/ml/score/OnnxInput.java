package io.hindcast.ml.score;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.hindcast.ml.onnx.OnnxNames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts rows to the input that an ONNX model declares. */
sealed interface OnnxInput {

    /** Returns the length of a row. */
    int size();

    /** Returns the most rows of a batch, which bounds the memory of a call. */
    int batch();

    /** Creates the tensors of rows {@code from} to {@code from + n}, which the caller closes. */
    Map<String, OnnxTensor> tensors(OrtEnvironment environment, double[] rows, int from, int n) throws OrtException;

    /** Returns the input of a session's model. */
    static OnnxInput of(OrtSession session) throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        long[] features = shape(inputs.get(OnnxNames.FEATURES), OnnxJavaType.DOUBLE, 2);
        long[] window = shape(inputs.get(OnnxNames.WINDOW), OnnxJavaType.FLOAT, 3);
        long[] tokens = shape(inputs.get(OnnxNames.INPUT_IDS), OnnxJavaType.INT64, 2);
        if (session.getOutputNames().contains(OnnxNames.PROBABILITIES)) {
            if (features.length > 0 && features[1] > 0 && inputs.size() == 1) {
                return new Features((int) features[1]);
            }
            if (window.length > 0 && window[1] > 0 && window[2] > 0 && inputs.size() == 1) {
                return new Window((int) window[1], (int) window[2]);
            }
            boolean masked = shape(inputs.get(OnnxNames.ATTENTION_MASK), OnnxJavaType.INT64, 2).length > 0;
            if (tokens.length > 0 && inputs.size() == (masked ? 2 : 1)) {
                Map<String, String> metadata = session.getMetadata().getCustomMetadata();
                return new Tokens(
                        number(metadata, OnnxNames.MAX_TOKENS, "", 0),
                        number(metadata, OnnxNames.PAD_ID, "0", 0),
                        number(metadata, OnnxNames.BATCH, "16", 1),
                        masked);
            }
        }
        throw new IllegalArgumentException("ONNX model has inputs " + inputs + " and outputs "
                + session.getOutputNames() + ", expected one of '" + OnnxNames.FEATURES
                + "' (double, rows × features), '"
                + OnnxNames.WINDOW + "' (float, rows × bars × features) and '" + OnnxNames.INPUT_IDS
                + "' (int64, rows × tokens), and the output '" + OnnxNames.PROBABILITIES + "'");
    }

    private static long[] shape(@Nullable NodeInfo input, OnnxJavaType type, int dimensions) {
        return input != null
                        && input.getInfo() instanceof TensorInfo tensor
                        && tensor.type == type
                        && tensor.getShape().length == dimensions
                ? tensor.getShape()
                : new long[0];
    }

    private static int number(Map<String, String> metadata, String name, String otherwise, int least) {
        String text = metadata.getOrDefault(name, otherwise);
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "ONNX model has " + name + " '" + text + "' in its metadata, expected a whole number", e);
        }
        throw new IllegalArgumentException(
                "ONNX model has " + name + " " + text + " in its metadata, expected " + least + " or more");
    }

    /** Features of a bar, unchanged. */
    record Features(int size) implements OnnxInput {

        @Override
        public int batch() {
            return Integer.MAX_VALUE;
        }

        @Override
        public Map<String, OnnxTensor> tensors(OrtEnvironment environment, double[] rows, int from, int n)
                throws OrtException {
            DoubleBuffer values = DoubleBuffer.wrap(rows, from * size, n * size);
            return Map.of(OnnxNames.FEATURES, OnnxTensor.createTensor(environment, values, new long[] {n, size}));
        }
    }

    /** Features of a window, rounded to floats. */
    record Window(int bars, int features) implements OnnxInput {

        /** Outside the heap, so that ONNX Runtime reads it in place. */
        private static final ThreadLocal<FloatBuffer> BUFFER = ThreadLocal.withInitial(() -> FloatBuffer.allocate(0));

        @Override
        public int size() {
            return bars * features;
        }

        @Override
        public int batch() {
            return 256;
        }

        @Override
        public Map<String, OnnxTensor> tensors(OrtEnvironment environment, double[] rows, int from, int n)
                throws OrtException {
            int length = n * size();
            FloatBuffer values = buffer(length);
            for (int i = 0; i < length; i++) {
                values.put(i, (float) rows[from * size() + i]);
            }
            return Map.of(
                    OnnxNames.WINDOW, OnnxTensor.createTensor(environment, values, new long[] {n, bars, features}));
        }

        /** Returns this thread's buffer: a tensor made of it is closed before the thread makes another. */
        private static FloatBuffer buffer(int length) {
            FloatBuffer buffer = BUFFER.get();
            if (buffer.capacity() < length) {
                buffer = ByteBuffer.allocateDirect(length * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
                BUFFER.set(buffer);
            }
            return buffer.clear().limit(length);
        }
    }

    /** Token ids of a text. A batch is cut to its longest text, and the mask marks padding. */
    record Tokens(int size, int padding, int batch, boolean masked) implements OnnxInput {

        public Tokens {
            if (size < 1) {
                throw new IllegalArgumentException("ONNX model reads texts of " + size + " tokens, expected 1 or more");
            }
        }

        @Override
        public Map<String, OnnxTensor> tensors(OrtEnvironment environment, double[] rows, int from, int n)
                throws OrtException {
            int longest = 1;
            for (int row = from; row < from + n; row++) {
                longest = Math.max(longest, length(rows, row));
            }
            long[] ids = new long[n * longest];
            long[] mask = new long[n * longest];
            for (int row = 0; row < n; row++) {
                int length = length(rows, from + row);
                for (int token = 0; token < longest; token++) {
                    double id = rows[(from + row) * size + token];
                    if (!(id >= 0 && id <= Integer.MAX_VALUE && id == Math.rint(id))) {
                        throw new IllegalArgumentException("token " + token + " of row " + (from + row) + " is " + id
                                + ", expected the id of one");
                    }
                    ids[row * longest + token] = (long) id;
                    mask[row * longest + token] = token < length ? 1 : 0;
                }
            }
            long[] shape = {n, longest};
            Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
            tensors.put(OnnxNames.INPUT_IDS, OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape));
            if (masked) {
                tensors.put(
                        OnnxNames.ATTENTION_MASK, OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape));
            }
            return tensors;
        }

        private int length(double[] rows, int row) {
            int length = size;
            while (length > 0 && rows[row * size + length - 1] == padding) {
                length--;
            }
            return length;
        }
    }
}
