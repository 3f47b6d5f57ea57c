package io.hindcast.ml.torch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads weights in the safetensors format: length of the header, header in JSON, numbers. It reads tensor by tensor,
 * because checkpoints are large, and without DJL, because DJL 0.36.0 crashes the process on {@code BF16}.
 */
public final class Safetensors {

    private static final JsonMapper JSON = new JsonMapper();
    /** Limit of the format's own library. */
    private static final long LONGEST_HEADER = 100_000_000;

    private final Source source;
    private final long size;

    /** A random-access source of bytes. */
    private interface Source {

        /** Fills the buffer with the bytes from a position on, all of which exist. */
        void read(ByteBuffer into, long from) throws IOException;
    }

    private Safetensors(Source source, long size) {
        this.source = source;
        this.size = size;
    }

    /**
     * Reads all weights of a file.
     *
     * @throws IllegalArgumentException if it is in another format or damaged, naming the file and the tensor
     */
    public static Map<String, Weights.Values> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Source source = (into, from) -> {
                while (into.hasRemaining()) {
                    if (channel.read(into, from + into.position()) < 0) {
                        throw new IllegalArgumentException("it became shorter while it was read");
                    }
                }
            };
            return new Safetensors(source, channel.size()).read();
        } catch (IllegalArgumentException | ArithmeticException | JacksonException e) {
            throw new IllegalArgumentException(
                    file.getFileName() + " is damaged or no safetensors file: " + e.getMessage(), e);
        }
    }

    /**
     * Reads all weights from bytes.
     *
     * @throws IllegalArgumentException if they are in another format or damaged, naming the tensor
     */
    public static Map<String, Weights.Values> read(byte[] bytes) {
        try {
            Source source = (into, from) -> into.put(bytes, (int) from, into.remaining());
            return new Safetensors(source, bytes.length).read();
        } catch (IllegalArgumentException | ArithmeticException | JacksonException e) {
            throw new IllegalArgumentException("weights cannot be read, expected safetensors: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Weights.Values> read() throws IOException {
        long length = size < Long.BYTES ? 0 : slice(0, Long.BYTES).getLong();
        if (length < 2 || length > LONGEST_HEADER || Long.BYTES + length > size) {
            throw new IllegalArgumentException("a header of " + length + " bytes in " + size);
        }
        JsonNode header = JSON.readTree(slice(Long.BYTES, (int) length).array());
        Map<String, Weights.Values> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                values.put(entry.getKey(), values(Long.BYTES + length, entry.getKey(), entry.getValue()));
            }
        }
        return values;
    }

    private Weights.Values values(long numbers, String name, JsonNode entry) throws IOException {
        StoredTensor.Element element = element(name, entry.path("dtype").asText());
        long[] shape = new long[entry.path("shape").size()];
        long[] strides = new long[shape.length];
        long count = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            shape[i] = entry.path("shape").path(i).asLong(-1);
            strides[i] = count;
            count = Math.multiplyExact(count, shape[i]);
        }
        long from = entry.path("data_offsets").path(0).asLong(-1);
        long to = entry.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to - from != Math.multiplyExact(count, element.bytes) || numbers + to > size) {
            throw new IllegalArgumentException("tensor " + name + " " + entry + " does not fit itself or the file");
        }
        return new StoredTensor(new StoredTensor.Storage(element, name, count), 0, shape, strides)
                .values(slice(numbers + from, Math.toIntExact(to - from)));
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

    private ByteBuffer slice(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        source.read(bytes, from);
        return bytes.flip();
    }
}
