package io.hindcast.feeds.archive;

import io.hindcast.api.market.Candle;
import io.hindcast.feeds.tape.DecimalText;
import io.hindcast.feeds.tape.TapeDay;
import io.hindcast.feeds.tape.TapeDay.Column;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipException;

/**
 * Reads the one-minute bars of a kline file in order, one pass, no objects a row: Binance's 12 columns or the same without the
 * last, unused one; a header or none; open times in milli- or (as Binance writes since 2025) microseconds. Anything else is
 * refused with its line, column and value. Not thread-safe.
 *
 * <pre>{@code
 * try (KlineReader bars = KlineReader.open(path)) {
 *     while (bars.next()) {
 *         use(bars.candle());
 *     }
 * }
 * }</pre>
 */
public final class KlineReader implements AutoCloseable {

    private static final String[] NAMES = {
        "open_time",
        "open",
        "high",
        "low",
        "close",
        "volume",
        "close_time",
        "quote_volume",
        "trades",
        "taker_buy_base",
        "taker_buy_quote",
        "ignore"
    };
    private static final int CLOSE_TIME = 6;
    private static final int TRADES = 8;
    /** Where each of {@link Column} stands in a row. */
    private static final int[] AT = {1, 2, 3, 4, 5, 7, 9, 10};

    private static final String FORM = "11 or 12 columns: open_time,open,high,low,close,volume,close_time,quote_volume,"
            + "trades,taker_buy_base,taker_buy_quote[,ignore]";
    private static final int LONGEST_LINE = 4096;
    private static final long MINUTE_MILLIS = 60_000;
    /** The year 5138 in milliseconds, 1973 in microseconds: what lies above is microseconds. */
    private static final long FIRST_MICROS = 100_000_000_000_000L;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 18];
    private int position;
    private int limit;
    private boolean ended;

    private long line;
    private int lineStart;
    private int lineEnd;
    private int columns;
    private final int[] start = new int[NAMES.length];
    private final int[] end = new int[NAMES.length];

    private final DecimalText decimal = new DecimalText();
    private long openMillis = Long.MIN_VALUE;
    private int trades;
    private final long[] unscaled = new long[AT.length];
    private final int[] scale = new int[AT.length];
    private long rows;

    private KlineReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** Opens a csv, csv.gz or zip file, told apart by content. */
    public static KlineReader open(Path file) {
        return new KlineReader(file, KlineFiles.open(file));
    }

    /** Goes to the next bar; false at the end, which a file without any bar never reaches. */
    public boolean next() {
        while (nextLine()) {
            if (line == 1 && isHeader()) {
                continue;
            }
            readRow();
            rows++;
            return true;
        }
        if (rows == 0) {
            throw BadArchiveException.file(file, line == 0 ? "empty" : "a header without rows", FORM);
        }
        return false;
    }

    /** Line of the current bar, from 1. */
    public long line() {
        return line;
    }

    /** Open time of the current bar in epoch milliseconds. */
    public long openMillis() {
        return openMillis;
    }

    /** The current bar. */
    public Candle candle() {
        return new Candle(
                Instant.ofEpochMilli(openMillis),
                value(Column.OPEN),
                value(Column.HIGH),
                value(Column.LOW),
                value(Column.CLOSE),
                value(Column.VOLUME),
                value(Column.QUOTE_VOLUME),
                trades,
                value(Column.TAKER_BUY_VOLUME),
                value(Column.TAKER_BUY_QUOTE_VOLUME));
    }

    /** Adds the current bar to its day. */
    void addTo(TapeDay.Builder day) {
        day.bar(openMillis, trades);
        try {
            for (Column column : Column.values()) {
                day.set(column, unscaled[column.index()], scale[column.index()]);
            }
        } catch (ArithmeticException tooWide) {
            throw BadArchiveException.line(file, line, "a value too large for its decimals", "at most 18 digits");
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BigDecimal value(Column column) {
        return BigDecimal.valueOf(unscaled[column.index()], scale[column.index()]);
    }

    private boolean isHeader() {
        splitColumns();
        byte first = buffer[lineStart];
        if ((first >= '0' && first <= '9') || first == '-') {
            return false;
        }
        String name = text(0).strip().toLowerCase(java.util.Locale.ROOT).replace(" ", "_");
        if (!name.equals("open_time") && !name.equals("opentime")) {
            throw BadArchiveException.line(file, line, "'" + shortened(lineText()) + "'", "a kline row of " + FORM);
        }
        return true;
    }

    private void readRow() {
        splitColumns();
        long opened = readTime(0);
        if (opened <= openMillis) {
            throw BadArchiveException.value(
                    file,
                    line,
                    NAMES[0],
                    text(0),
                    "later than " + Instant.ofEpochMilli(openMillis) + " of the row before");
        }
        if (opened % MINUTE_MILLIS != 0) {
            throw BadArchiveException.value(file, line, NAMES[0], text(0), "a whole minute");
        }
        if (readTime(CLOSE_TIME) < opened) {
            throw BadArchiveException.value(file, line, NAMES[CLOSE_TIME], text(CLOSE_TIME), "not before open_time");
        }
        openMillis = opened;
        for (int c = 0; c < AT.length; c++) {
            if (!decimal.read(buffer, start[AT[c]], end[AT[c]])) {
                throw BadArchiveException.value(
                        file, line, NAMES[AT[c]], text(AT[c]), "a decimal of at most 18 digits");
            }
            unscaled[c] = decimal.unscaled();
            scale[c] = decimal.scale();
            if (unscaled[c] < 0 || (c <= Column.CLOSE.index() && unscaled[c] == 0)) {
                throw BadArchiveException.value(
                        file, line, NAMES[AT[c]], text(AT[c]), c <= Column.CLOSE.index() ? "above 0" : "0 or more");
            }
        }
        if (!decimal.read(buffer, start[TRADES], end[TRADES])
                || decimal.scale() != 0
                || decimal.unscaled() < 0
                || decimal.unscaled() > Integer.MAX_VALUE) {
            throw BadArchiveException.value(file, line, NAMES[TRADES], text(TRADES), "a count of 0 or more");
        }
        trades = (int) decimal.unscaled();
        atMost(Column.OPEN, Column.HIGH);
        atMost(Column.CLOSE, Column.HIGH);
        atMost(Column.LOW, Column.OPEN);
        atMost(Column.LOW, Column.CLOSE);
        atMost(Column.TAKER_BUY_VOLUME, Column.VOLUME);
        atMost(Column.TAKER_BUY_QUOTE_VOLUME, Column.QUOTE_VOLUME);
    }

    private void atMost(Column smaller, Column larger) {
        int s = smaller.index();
        int l = larger.index();
        boolean ok = scale[s] == scale[l]
                ? unscaled[s] <= unscaled[l]
                : value(smaller).compareTo(value(larger)) <= 0;
        if (!ok) {
            throw BadArchiveException.value(
                    file, line, NAMES[AT[s]], text(AT[s]), "at most " + NAMES[AT[l]] + " " + text(AT[l]));
        }
    }

    private long readTime(int column) {
        if (!decimal.read(buffer, start[column], end[column]) || decimal.scale() != 0 || decimal.unscaled() < 0) {
            throw BadArchiveException.value(file, line, NAMES[column], text(column), "epoch milli- or microseconds");
        }
        long time = decimal.unscaled();
        return time >= FIRST_MICROS ? Math.floorDiv(time, 1000L) : time;
    }

    private void splitColumns() {
        int column = 0;
        int from = lineStart;
        for (int i = lineStart; i <= lineEnd; i++) {
            if (i == lineEnd || buffer[i] == ',') {
                if (column < NAMES.length) {
                    start[column] = from;
                    end[column] = i;
                }
                column++;
                from = i + 1;
            }
        }
        columns = column;
        if (columns != NAMES.length && columns != NAMES.length - 1) {
            throw BadArchiveException.line(file, line, columns + " columns ('" + shortened(lineText()) + "')", FORM);
        }
    }

    /** Finds the next line that is not blank. */
    private boolean nextLine() {
        while (true) {
            int from = position;
            int i = from;
            while (true) {
                while (i < limit && buffer[i] != '\n') {
                    i++;
                }
                if (i < limit || ended) {
                    break;
                }
                int kept = limit - from;
                if (kept > LONGEST_LINE) {
                    throw BadArchiveException.line(file, line + 1, "longer than " + LONGEST_LINE + " bytes", FORM);
                }
                System.arraycopy(buffer, from, buffer, 0, kept);
                limit = kept;
                i = kept;
                from = 0;
                fill();
            }
            if (i >= limit && from >= limit) {
                return false;
            }
            line++;
            position = Math.min(i + 1, limit);
            lineStart = from;
            lineEnd = i > from && buffer[i - 1] == '\r' ? i - 1 : i;
            if (line == 1
                    && lineEnd - lineStart >= 3
                    && buffer[from] == (byte) 0xEF
                    && buffer[from + 1] == (byte) 0xBB) {
                lineStart += 3; // a byte order mark
            }
            if (lineEnd > lineStart) {
                return true;
            }
        }
    }

    private void fill() {
        try {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                ended = true;
            } else {
                limit += read;
            }
        } catch (EOFException e) {
            throw BadArchiveException.line(
                    file, line + 1, "cut off", "the rest of the compressed file (copy or download it again)");
        } catch (ZipException e) {
            throw BadArchiveException.line(
                    file, line + 1, "damaged (" + e.getMessage() + ")", "an intact file (copy or download it again)");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private String text(int column) {
        return shortened(new String(buffer, start[column], end[column] - start[column], StandardCharsets.UTF_8));
    }

    private String lineText() {
        return new String(buffer, lineStart, lineEnd - lineStart, StandardCharsets.ISO_8859_1);
    }

    private static String shortened(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 57) + "...";
    }
}
