package io.hindcast.readmodel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows in the format of PostgreSQL's binary {@code COPY}, the fastest way to insert: neither side formats or parses
 * text. Call {@link #row} and then one method per column, in the order of the target's columns. The format is
 * documented under "COPY, Binary Format"; a numeric has the form of {@code numeric_recv}: base 10000, most significant
 * group first.
 *
 * <p>Not thread-safe, and sent once.
 */
public final class BinaryCopy {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;
    private static final BigInteger GROUP = BigInteger.valueOf(10_000);
    private static final long[] POWERS = {1, 10, 100, 1000};

    private byte[] buffer = new byte[1 << 16];
    private int length;
    private int rows;

    public BinaryCopy() {
        System.arraycopy(HEADER, 0, buffer, 0, HEADER.length);
        length = HEADER.length;
    }

    /** Begins a row with this number of columns. */
    public BinaryCopy row(int columns) {
        rows++;
        int16(columns);
        return this;
    }

    public BinaryCopy text(@Nullable String value) {
        if (value == null) {
            int32(-1);
            return this;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int32(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    public BinaryCopy smallint(int value) {
        int32(2);
        int16(value);
        return this;
    }

    public BinaryCopy integer(int value) {
        int32(4);
        int32(value);
        return this;
    }

    public BinaryCopy bigint(long value) {
        int32(8);
        int64(value);
        return this;
    }

    public BinaryCopy float8(@Nullable Double value) {
        if (value == null) {
            int32(-1);
            return this;
        }
        int32(8);
        int64(Double.doubleToLongBits(value));
        return this;
    }

    /** Adds a {@code timestamptz}, truncated to the microsecond. */
    public BinaryCopy time(@Nullable Instant value) {
        if (value == null) {
            int32(-1);
            return this;
        }
        int32(8);
        int64(value.getEpochSecond() * 1_000_000 + value.getNano() / 1_000 - EPOCH_2000_MICROS);
        return this;
    }

    /** Adds a {@code timestamptz}, given in milliseconds since 1970. */
    public BinaryCopy time(long epochMillis) {
        int32(8);
        int64(epochMillis * 1_000 - EPOCH_2000_MICROS);
        return this;
    }

    /** Adds a {@code numeric} of the same value and scale. */
    public BinaryCopy numeric(BigDecimal value) {
        int scale = Math.max(value.scale(), 0);
        BigInteger unscaled = value.scale() < 0 ? value.setScale(0).unscaledValue() : value.unscaledValue();
        int padding = (4 - scale % 4) % 4;
        int fractionGroups = (scale + padding) / 4;
        int sizeAt = length;
        int32(0);
        int start = length;
        room(8 + 2 * (unscaled.bitLength() / 13 + 2));
        length += 8;
        int groups = unscaled.bitLength() < 53
                ? digits(Math.abs(unscaled.longValue()) * POWERS[padding])
                : digits(unscaled.abs().multiply(BigInteger.valueOf(POWERS[padding])));
        int weight = groups - fractionGroups - 1;
        int end = length;
        // Groups were written least significant first; trailing zero groups are not stored.
        reverseGroups(start + 8, end);
        while (groups > 0 && buffer[start + 8 + 2 * groups - 1] == 0 && buffer[start + 8 + 2 * groups - 2] == 0) {
            groups--;
        }
        length = start;
        int16(groups);
        int16(groups == 0 ? 0 : weight);
        int16(unscaled.signum() < 0 ? 0x4000 : 0);
        int16(scale);
        length = start + 8 + 2 * groups;
        int last = length;
        length = sizeAt;
        int32(last - start);
        length = last;
        return this;
    }

    private int digits(long value) {
        int groups = 0;
        for (long rest = value; rest > 0; rest /= 10_000) {
            int16((int) (rest % 10_000));
            groups++;
        }
        return groups;
    }

    private int digits(BigInteger value) {
        int groups = 0;
        for (BigInteger rest = value; rest.signum() > 0; ) {
            BigInteger[] parts = rest.divideAndRemainder(GROUP);
            int16(parts[1].intValue());
            rest = parts[0];
            groups++;
        }
        return groups;
    }

    private void reverseGroups(int from, int to) {
        for (int low = from, high = to - 2; low < high; low += 2, high -= 2) {
            byte first = buffer[low];
            byte second = buffer[low + 1];
            buffer[low] = buffer[high];
            buffer[low + 1] = buffer[high + 1];
            buffer[high] = first;
            buffer[high + 1] = second;
        }
    }

    /** Inserts the rows into {@code target}, a table with its columns in parentheses. */
    void send(Connection connection, String target) throws SQLException {
        if (rows == 0) {
            return;
        }
        int16(-1);
        org.postgresql.copy.CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + target + " from stdin (format binary)");
        try {
            copy.writeToCopy(buffer, 0, length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void int16(int value) {
        room(2);
        buffer[length++] = (byte) (value >> 8);
        buffer[length++] = (byte) value;
    }

    private void int32(int value) {
        room(4);
        buffer[length++] = (byte) (value >> 24);
        buffer[length++] = (byte) (value >> 16);
        buffer[length++] = (byte) (value >> 8);
        buffer[length++] = (byte) value;
    }

    private void int64(long value) {
        int32((int) (value >> 32));
        int32((int) value);
    }

    private void room(int bytes) {
        if (length + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + bytes));
        }
    }
}
