package io.hindcast.simulator.archive;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.kline.DecimalText;
import io.hindcast.api.kline.KlineRule;
import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import io.hindcast.simulator.archive.KlineColumns.Value;
import io.hindcast.simulator.tape.TapeDay;
import io.hindcast.simulator.tape.TapeDay.Column;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one-minute candles of a kline file in one pass, in the file's order: Binance's columns, or those that a
 * header names, in whatever encoding and separation. A row that is no candle is left out and counted; a file of another
 * interval, or of something else, is refused. Not thread-safe.
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

    /** The decimal values, in the order of {@link Column}. */
    private static final Value[] DECIMALS = {
        Value.OPEN,
        Value.HIGH,
        Value.LOW,
        Value.CLOSE,
        Value.VOLUME,
        Value.QUOTE_VOLUME,
        Value.TAKER_BUY_BASE,
        Value.TAKER_BUY_QUOTE
    };

    private static final String FORM = "11 or 12 columns: open_time,open,high,low,close,volume,close_time,quote_volume,"
            + "trades,taker_buy_base,taker_buy_quote[,ignore] ('hindcast archive' downloads such files)";
    private static final String DECIMAL = "a decimal of at most 18 digits with a point";
    private static final int MOST_DIGITS = 18;
    private static final long MINUTE_MILLIS = 60_000;
    /** A file with no candle so far is given up after so many rows that are none. */
    private static final int HOPELESS = 1_000;
    /** A file is refused if this many of its rows, for each that is a candle, are none: it is something else. */
    private static final int MOST_BAD_FOR_A_GOOD_ONE = 9;

    private final Path file;
    private final KlineLineReader lines;
    private final DecimalText decimal = new DecimalText();
    private final KlineTimeParser time = new KlineTimeParser();
    private final IntervalDetector intervals = new IntervalDetector();
    private final UnusableRows unusable = new UnusableRows();
    private final long[] unscaled = new long[DECIMALS.length];
    private final int[] scale = new int[DECIMALS.length];
    private final BigDecimal[] values = new BigDecimal[DECIMALS.length];
    private @Nullable KlineColumns header;
    private String symbol = "";
    private @Nullable Candle candle;
    private long openMillis;
    private int trades;
    private long rows;
    /** Unusable rows apart from those that are just off the minute: their files are candles all the same. */
    private long malformed;

    private long firstUnusableLine;

    private KlineReader(Path file, KlineLineReader lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Opens a csv, csv.gz, zip or json file, told apart by content. */
    public static KlineReader open(Path file) {
        return new KlineReader(file, new KlineLineReader(file, KlineFiles.open(file)));
    }

    /** Goes to the next candle; false at the end, which a file that isn't one of minutes never reaches. */
    public boolean next() {
        while (lines.next()) {
            if (lines.isComment() || isHeader()) {
                continue;
            }
            openMillis = UnusableRows.NO_TIME;
            try {
                candle = readRow();
                rows++;
                return true;
            } catch (BadArchiveException whole) {
                throw whole;
            } catch (RefusedException row) {
                leaveOut(row.refusal());
            }
        }
        refuseIfSomethingElse();
        if (rows == 0 && unusable.count() == 0) {
            throw BadArchiveException.file(file, header == null ? "empty" : "a header without rows", FORM);
        }
        return false;
    }

    /** Line of the current candle, from 1. */
    public long line() {
        return lines.line();
    }

    /** Open time of the current candle in epoch milliseconds. */
    public long openMillis() {
        return openMillis;
    }

    /** The current candle. */
    public Candle candle() {
        if (candle == null) {
            throw new IllegalStateException("there is no candle before next()");
        }
        return candle;
    }

    /** Rows so far that could not become candles. */
    public UnusableRows unusable() {
        return unusable;
    }

    /** Leaves out the current row after all. */
    void leaveOut(Refusal why) {
        if (unusable.count() == 0) {
            firstUnusableLine = lines.line();
        }
        unusable.add(openMillis, why, "line " + lines.line() + " of " + file.getFileName());
        if (openMillis == UnusableRows.NO_TIME || openMillis % MINUTE_MILLIS == 0) {
            malformed++;
        }
        if (rows == 0 && malformed == HOPELESS) {
            refuseIfSomethingElse();
        }
    }

    /** Adds the current candle to its day, or leaves it out if the day's columns can't hold it. */
    boolean addTo(TapeDay.Builder day) {
        for (Column column : Column.values()) {
            int c = column.index();
            if (!day.fits(column, unscaled[c], scale[c])) {
                rows--;
                leaveOut(new Refusal(
                        "BAD_CANDLE",
                        DECIMALS[c].title() + " of the candle at " + candle().openTime(),
                        values[c].toPlainString(),
                        "at most 18 digits together with the decimals of its day"));
                return false;
            }
        }
        day.bar(openMillis, trades);
        for (Column column : Column.values()) {
            day.set(column, unscaled[column.index()], scale[column.index()]);
        }
        return true;
    }

    @Override
    public void close() {
        lines.close();
    }

    /** Takes a header, wherever it stands: files that were joined have several. */
    private boolean isHeader() {
        String first = lines.cell(0);
        if (!first.isEmpty() && !Character.isLetter(first.charAt(0))) {
            return false;
        }
        KlineColumns named = KlineColumns.ofHeader(lines.all(), lines.width());
        if (named == null) {
            return false;
        }
        if (!named.missing().isEmpty()) {
            throw BadArchiveException.line(
                    file, lines.line(), "a header without " + String.join(", ", named.missing()), FORM);
        }
        header = named;
        return true;
    }

    private Candle readRow() {
        KlineColumns columns = header == null ? binances() : header;
        int timeCell = columns.of(Value.OPEN_TIME);
        if (lines.cells() < columns.cells() || (header != null && !lines.isAsWideAs(header))) {
            throw notAKline();
        }
        long opened = readTime(timeCell, Value.OPEN_TIME);
        long closed = columns.has(Value.CLOSE_TIME)
                ? readTime(columns.of(Value.CLOSE_TIME), Value.CLOSE_TIME)
                : KlineRule.NO_CLOSE_TIME;
        openMillis = opened;
        intervals.row(opened, closed);
        checkSymbol(columns);
        Refusal wrong = KlineRule.checkTimes(opened, closed);
        if (wrong != null) {
            throw new RefusedException(wrong);
        }
        for (int c = 0; c < DECIMALS.length; c++) {
            readDecimal(columns.of(DECIMALS[c]), c);
        }
        readTrades(columns.of(Value.TRADES));
        return KlineRule.candle(
                opened, closed, values[0], values[1], values[2], values[3], values[4], values[5], trades, values[6],
                values[7]);
    }

    /** Binance's order, after a column of row numbers if the first one can't be a time and the second is one. */
    private KlineColumns binances() {
        int shift = !time.read(lines, 0, decimal) && lines.cells() > 1 && time.read(lines, 1, decimal) ? 1 : 0;
        if (lines.cells() < KlineColumns.COUNT + shift || lines.cells() > KlineColumns.COUNT + 1 + shift) {
            throw notAKline();
        }
        return KlineColumns.binance(shift);
    }

    private RefusedException notAKline() {
        int cells = lines.cells();
        return bad("row", cells + (cells == 1 ? " column" : " columns") + " ('" + lines.text() + "')", FORM);
    }

    private void checkSymbol(KlineColumns columns) {
        int cell = columns.symbol();
        if (cell < 0 || cell >= lines.cells()) {
            return;
        }
        String named = lines.cell(cell).replaceAll("[-_/ ]", "").toUpperCase(Locale.ROOT);
        if (!symbol.isEmpty() && !named.equals(symbol)) {
            throw BadArchiveException.line(
                    file,
                    lines.line(),
                    "of " + named + ", after rows of " + symbol,
                    "one market in a file (take the rows of the others out)");
        }
        symbol = named;
    }

    private long readTime(int cell, Value value) {
        if (!time.read(lines, cell, decimal)) {
            String text = "'" + KlineLineReader.shortened(lines.cell(cell)) + "'";
            String problem = time.problem();
            throw bad(
                    value.title(),
                    problem == null ? text : text + problem,
                    KlineTimeParser.FORM
                            + (text.contains("E+") ? " (format the column as whole numbers and export again)" : ""));
        }
        return time.millis();
    }

    private void readDecimal(int cell, int c) {
        if (lines.read(cell, decimal)) {
            unscaled[c] = decimal.unscaled();
            scale[c] = decimal.scale();
            values[c] = BigDecimal.valueOf(unscaled[c], scale[c]);
            return;
        }
        BigDecimal exact = withExponent(lines.cell(cell));
        if (exact == null) {
            throw bad(DECIMALS[c].title(), "'" + KlineLineReader.shortened(lines.cell(cell)) + "'", DECIMAL);
        }
        unscaled[c] = exact.unscaledValue().longValueExact();
        scale[c] = exact.scale();
        values[c] = exact;
    }

    /** A decimal as programs write very small ones, such as {@code 1e-05}; null if it is none of at most 18 digits. */
    private static @Nullable BigDecimal withExponent(String text) {
        try {
            BigDecimal exact = text.length() > 40 ? null : new BigDecimal(text).stripTrailingZeros();
            if (exact == null || exact.scale() > MOST_DIGITS || exact.precision() - exact.scale() > MOST_DIGITS) {
                return null;
            }
            BigDecimal plain = exact.scale() < 0 ? exact.setScale(0) : exact;
            return plain.precision() > MOST_DIGITS ? null : plain;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private void readTrades(int cell) {
        if (!lines.read(cell, decimal)
                || decimal.scale() != 0
                || decimal.unscaled() < 0
                || decimal.unscaled() > Integer.MAX_VALUE) {
            throw bad(
                    Value.TRADES.title(),
                    "'" + KlineLineReader.shortened(lines.cell(cell)) + "'",
                    "a count of 0 or more");
        }
        trades = (int) decimal.unscaled();
    }

    private void refuseIfSomethingElse() {
        Duration other = intervals.other();
        if (other != null) {
            throw BadArchiveException.file(
                    file,
                    "one with candles of " + IntervalDetector.name(other),
                    "one-minute candles (1m), such as 'hindcast archive' downloads");
        }
        Refusal first = unusable.first();
        boolean allMalformed = malformed == unusable.count();
        if (first != null && malformed > MOST_BAD_FOR_A_GOOD_ONE * rows && (rows > 0 || allMalformed)) {
            String share = String.format(Locale.ROOT, ", as in %,d of %,d rows", malformed, unusable.count() + rows);
            throw BadArchiveException.of(
                    first.subject() + " on line " + firstUnusableLine + " of kline archive " + file,
                    malformed == 1 ? first.actual() : first.actual() + share,
                    first.expected());
        }
    }

    private static RefusedException bad(String subject, String actual, String expected) {
        return RefusedException.of("BAD_CANDLE", subject, actual, expected);
    }
}
