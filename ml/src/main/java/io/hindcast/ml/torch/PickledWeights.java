package io.hindcast.ml.torch;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import net.razorvine.pickle.PickleException;

/**
 * Reads weights that {@code torch.save} wrote as a state dictionary: a zip archive of a pickle and a file per storage,
 * or, before PyTorch 1.6, pickles and storages one after the other.
 */
public final class PickledWeights {

    /** Limit of a pickle's size; names and shapes of a large model take some hundred kilobytes. */
    private static final long LONGEST_PICKLE = 64 << 20;

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int PROTOCOL = 1001;

    private PickledWeights() {}

    /**
     * Reads all weights of a file.
     *
     * @throws IllegalArgumentException if it contains anything but tensors, naming that, or is damaged
     */
    public static Map<String, Weights.Values> read(Path file) throws IOException {
        try {
            return zipped(file) ? readZip(file) : readSequence(file);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file.getFileName() + ": " + e.getMessage(), e);
        } catch (ZipException | EOFException | PickleException e) {
            throw damaged(file, e);
        } catch (ClassCastException | ArithmeticException | IndexOutOfBoundsException | NullPointerException e) {
            // thrown by the pickle library and by a tensor's arithmetic on inconsistent instructions
            throw damaged(file, e);
        }
    }

    private static IllegalArgumentException damaged(Path file, Exception cause) {
        return new IllegalArgumentException(
                file.getFileName() + " is damaged or was not written by torch.save: " + cause.getMessage(), cause);
    }

    private static boolean zipped(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(2);
            return begin.length == 2 && begin[0] == 'P' && begin[1] == 'K';
        }
    }

    private static Map<String, Weights.Values> readZip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry pickle = zip.stream()
                    .filter(entry -> entry.getName().endsWith("/data.pkl"))
                    .findFirst()
                    .orElseThrow(() -> new ZipException("no data.pkl in the archive"));
            String folder = pickle.getName().substring(0, pickle.getName().length() - "data.pkl".length());
            ZipEntry order = zip.getEntry(folder + "byteorder");
            if (order != null && !new String(bytes(zip, order, 16), StandardCharsets.US_ASCII).equals("little")) {
                throw new ZipException("numbers are big-endian, expected little-endian");
            }
            Map<String, StoredTensor> tensors =
                    TensorUnpickler.tensors(unpickled(new ByteArrayInputStream(bytes(zip, pickle, LONGEST_PICKLE))));
            return values(tensors, storage -> {
                ZipEntry entry = zip.getEntry(folder + "data/" + storage.key());
                if (entry == null || entry.getSize() < storage.bytes()) {
                    throw new ZipException("storage " + storage.key() + " has "
                            + (entry == null ? "no" : entry.getSize()) + " bytes, expected " + storage.bytes());
                }
                return ByteBuffer.wrap(bytes(zip, entry, Integer.MAX_VALUE));
            });
        }
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, long most) throws IOException {
        if (entry.getSize() > most) {
            throw new ZipException(
                    entry.getName() + " has " + entry.getSize() + " bytes, expected " + most + " at most");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            if (bytes.length < entry.getSize()) {
                throw new EOFException(entry.getName() + " ends after " + bytes.length + " bytes");
            }
            return bytes;
        }
    }

    /**
     * Unpickles. The library throws the same exception for a file that cannot be read and for one that ends too early.
     */
    private static Object unpickled(InputStream in) {
        try {
            return new TensorUnpickler().load(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("the pickle cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the older format: magic, protocol and system of the writer, the pickle, the storages' keys; then each
     * storage's count and numbers.
     */
    private static Map<String, Weights.Values> readSequence(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (!MAGIC.equals(unpickled(in)) || !Integer.valueOf(PROTOCOL).equals(unpickled(in))) {
                throw new ZipException("neither a zip archive nor its predecessor");
            }
            if (!(unpickled(in) instanceof Map<?, ?> system) || !Boolean.TRUE.equals(system.get("little_endian"))) {
                throw new ZipException("numbers are big-endian, expected little-endian");
            }
            Map<String, StoredTensor> tensors = TensorUnpickler.tensors(unpickled(in));
            Map<String, StoredTensor.Storage> storages = new TreeMap<>();
            tensors.values().forEach(tensor -> storages.put(tensor.storage().key(), tensor.storage()));
            if (!(unpickled(in) instanceof List<?> keys)) {
                throw new ZipException("no list of storages behind the tensors");
            }
            Map<String, ByteBuffer> runs = new TreeMap<>();
            for (Object key : keys) {
                StoredTensor.Storage storage = storages.get(key.toString());
                long count = ByteBuffer.wrap(exactly(in, Long.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong();
                if (storage == null || count != storage.count()) {
                    throw new ZipException(
                            "storage " + key + " of " + count + " numbers, expected " + storage + " for its tensors");
                }
                runs.put(storage.key(), ByteBuffer.wrap(exactly(in, storage.bytes())));
            }
            return values(tensors, storage -> {
                ByteBuffer run = runs.get(storage.key());
                if (run == null) {
                    throw new EOFException("storage " + storage.key() + " is missing");
                }
                return run;
            });
        }
    }

    private static byte[] exactly(InputStream in, long count) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(count));
        if (bytes.length < count) {
            throw new EOFException("the file ends " + (count - bytes.length) + " bytes too early");
        }
        return bytes;
    }

    private interface Runs {
        ByteBuffer of(StoredTensor.Storage storage) throws IOException;
    }

    private static Map<String, Weights.Values> values(Map<String, StoredTensor> tensors, Runs runs) throws IOException {
        Map<String, Weights.Values> values = new LinkedHashMap<>();
        for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
            StoredTensor tensor = entry.getValue();
            values.put(entry.getKey(), tensor.values(runs.of(tensor.storage())));
        }
        return values;
    }
}
