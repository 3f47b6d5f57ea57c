package io.hindcast.history.market;

import io.hindcast.api.market.MarketDayId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cache of days as columnar files, {@code <folder>/<symbol>/<interval>/<day>.candles} with the symbol percent-encoded.
 * Each file names the log and the last event from which it was written, and ends in a checksum. Any file may be
 * deleted, damaged or stale at any time: the day is then read from the log again. A folder that is not writable only
 * costs time.
 */
public final class DayFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DayFiles.class);
    private static final long MAGIC = 0x48434461_79000001L; // "HCDay", format 1
    private static final int MAX_ROWS = 1_000_000;

    private final Path folder;

    public DayFiles(Path folder) {
        this.folder = folder;
    }

    /** A day with the identity of the log from which it was written. */
    record Stored(CandleDay day, String logId) {}

    Path file(MarketDayId id) {
        return folder.resolve(id.symbol().encoded())
                .resolve(id.interval().code())
                .resolve(id.day() + ".candles");
    }

    Optional<Stored> read(MarketDayId id) {
        Path file = file(id);
        try {
            return Optional.of(decode(id, Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Ignoring the day file {} and reading the log instead: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    void write(CandleDay day, String logId) {
        Path file = file(day.id());
        Path draft = null;
        try {
            Path parent = Files.createDirectories(file.getParent());
            draft = Files.createTempFile(parent, file.getFileName().toString(), ".new");
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(encode(day, logId));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("Could not write the day file {}: {}", file, e.toString());
            discard(draft);
        }
    }

    private static void discard(@Nullable Path draft) {
        if (draft != null) {
            try {
                Files.deleteIfExists(draft);
            } catch (IOException e) {
                LOG.warn("Could not delete {}: {}", draft, e.toString());
            }
        }
    }

    static byte[] encode(CandleDay day, String logId) {
        CandleColumns c = day.columns();
        byte[] id = day.id().toString().getBytes(StandardCharsets.UTF_8);
        byte[] log = logId.getBytes(StandardCharsets.UTF_8);
        int rows = c.size;
        ByteBuffer out = ByteBuffer.allocate(8 + 4 + id.length + 4 + log.length + 8 + 4 + rows * (2 * 4 + 11 * 8) + 8);
        out.putLong(MAGIC);
        out.putInt(id.length).put(id);
        out.putInt(log.length).put(log);
        out.putLong(day.lastSequence());
        out.putInt(rows);
        putInts(out, c.minute, rows);
        putInts(out, c.revision, rows);
        putLongs(out, c.knownAt, rows);
        putLongs(out, c.sequence, rows);
        putLongs(out, c.trades, rows);
        putDoubles(out, c.open, rows);
        putDoubles(out, c.high, rows);
        putDoubles(out, c.low, rows);
        putDoubles(out, c.close, rows);
        putDoubles(out, c.volume, rows);
        putDoubles(out, c.quoteVolume, rows);
        putDoubles(out, c.takerBuyVolume, rows);
        putDoubles(out, c.takerBuyQuoteVolume, rows);
        out.putLong(checksum(out.array(), out.position()));
        return out.array();
    }

    private static Stored decode(MarketDayId expected, byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int end = bytes.length - 8;
        require(end >= 28 && in.getLong(end) == checksum(bytes, end), "its checksum is wrong");
        require(in.getLong() == MAGIC, "its format is unknown");
        String id = text(in);
        require(id.equals(expected.toString()), "it contains " + id);
        String logId = text(in);
        long lastSequence = in.getLong();
        int rows = in.getInt();
        require(rows >= 0 && rows <= MAX_ROWS && end - in.position() == rows * (2 * 4 + 11 * 8), "its size is wrong");
        CandleColumns c = new CandleColumns(rows);
        c.size = rows;
        getInts(in, c.minute);
        getInts(in, c.revision);
        getLongs(in, c.knownAt);
        getLongs(in, c.sequence);
        getLongs(in, c.trades);
        getDoubles(in, c.open);
        getDoubles(in, c.high);
        getDoubles(in, c.low);
        getDoubles(in, c.close);
        getDoubles(in, c.volume);
        getDoubles(in, c.quoteVolume);
        getDoubles(in, c.takerBuyVolume);
        getDoubles(in, c.takerBuyQuoteVolume);
        return new Stored(new CandleDay(expected, lastSequence, c), logId);
    }

    private static void require(boolean ok, String problem) throws IOException {
        if (!ok) {
            throw new IOException(problem);
        }
    }

    private static String text(ByteBuffer in) throws IOException {
        int length = in.getInt();
        require(length >= 0 && length <= in.remaining(), "a length is wrong");
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    private static void putInts(ByteBuffer out, int[] column, int rows) {
        out.asIntBuffer().put(column, 0, rows);
        out.position(out.position() + 4 * rows);
    }

    private static void putLongs(ByteBuffer out, long[] column, int rows) {
        out.asLongBuffer().put(column, 0, rows);
        out.position(out.position() + 8 * rows);
    }

    private static void putDoubles(ByteBuffer out, double[] column, int rows) {
        out.asDoubleBuffer().put(column, 0, rows);
        out.position(out.position() + 8 * rows);
    }

    private static void getInts(ByteBuffer in, int[] column) {
        in.asIntBuffer().get(column);
        in.position(in.position() + 4 * column.length);
    }

    private static void getLongs(ByteBuffer in, long[] column) {
        in.asLongBuffer().get(column);
        in.position(in.position() + 8 * column.length);
    }

    private static void getDoubles(ByteBuffer in, double[] column) {
        in.asDoubleBuffer().get(column);
        in.position(in.position() + 8 * column.length);
    }
}
