package io.hindcast.ml.bert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights in the safetensors format: length of the header, header in JSON, numbers. Tensor by tensor, since checkpoints are large; and by
 * hand, since DJL 0.36.0 takes the process down on {@code BF16}.
 */
final class SafetensorsWeights {

    private static final JsonMapper JSON = new JsonMapper();
    /** As the format's own library has it. */
    private static final long LONGEST_HEADER = 100_000_000;

    private SafetensorsWeights() {}

    /**
     * Reads all of them.
     *
     * @throws IllegalArgumentException if the file is in another format or damaged, naming the file and the tensor
     */
    static Map<String, Weights.Values> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long length = channel.size() < Long.BYTES
                    ? 0
                    : slice(channel, 0, Long.BYTES).getLong();
            if (length < 2 || length > LONGEST_HEADER || Long.BYTES + length > channel.size()) {
                throw new IllegalArgumentException("a header of " + length + " bytes in a file of " + channel.size());
            }
            JsonNode header =
                    JSON.readTree(slice(channel, Long.BYTES, (int) length).array());
            Map<String, Weights.Values> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : header.properties()) {
                if (!entry.getKey().equals("__metadata__")) {
                    values.put(entry.getKey(), values(channel, Long.BYTES + length, entry.getKey(), entry.getValue()));
                }
            }
            return values;
        } catch (IllegalArgumentException | ArithmeticException | com.fasterxml.jackson.core.JacksonException e) {
            throw new IllegalArgumentException(
                    file.getFileName() + " is damaged or no safetensors file: " + e.getMessage(), e);
        }
    }

    private static Weights.Values values(FileChannel channel, long numbers, String name, JsonNode entry)
            throws IOException {
        StoredTensor.Element element = element(name, entry.path("dtype").asText());
        long[] shape = new long[entry.path("shape").size()];
        long count = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = entry.path("shape").path(i).asLong(-1);
            count = Math.multiplyExact(count, shape[i]);
        }
        long from = entry.path("data_offsets").path(0).asLong(-1);
        long to = entry.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to - from != count * element.bytes || numbers + to > channel.size()) {
            throw new IllegalArgumentException("tensor " + name + " " + entry + " does not fit itself or the file");
        }
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return new StoredTensor(new StoredTensor.Storage(element, name, count), 0, shape, strides)
                .values(slice(channel, numbers + from, Math.toIntExact(to - from)));
    }

    private static StoredTensor.Element element(String name, String dtype) {
        for (StoredTensor.Element element : StoredTensor.Element.values()) {
            if (element.dtype.equals(dtype)) {
                return element;
            }
        }
        throw new IllegalArgumentException(
                "tensor " + name + " is of type '" + dtype + "', expected floats or whole numbers");
    }

    private static ByteBuffer slice(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IllegalArgumentException("it ends " + bytes.remaining() + " bytes too early");
            }
        }
        return bytes.flip();
    }
}
