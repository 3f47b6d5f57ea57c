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
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses the current line of a kline file as a header or as a candle. Not thread-safe. */
final class KlineRowParser {

    static final String FORM = "11 or 12 columns: open_time,open,high,low,close,volume,close_time,quote_volume,"
            + "trades,taker_buy_base,taker_buy_quote[,ignore] ('hindcast archive' downloads such files)";

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

    private static final int MOST_DIGITS = 18;
    private static final int MOST_CHARS = 40;

    private final Path file;
    private final KlineLineReader lines;
    private final DecimalText decimal = new DecimalText();
    private final KlineTimeParser time = new KlineTimeParser();
    private final IntervalDetector intervals = new IntervalDetector();
    private final long[] unscaled = new long[DECIMALS.length];
    private final int[] scale = new int[DECIMALS.length];
    private final BigDecimal[] values = new BigDecimal[DECIMALS.length];
    private @Nullable KlineColumns header;
    private String symbol = "";
    private long openMillis = UnusableRows.NO_TIME;
    private int trades;

    KlineRowParser(Path file, KlineLineReader lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Returns the open time of the line parsed last, {@link UnusableRows#NO_TIME} if it can't be parsed. */
    long openMillis() {
        return openMillis;
    }

    /** Returns whether a header has been read. */
    boolean hasHeader() {
        return header != null;
    }

    /** Returns the interval of the file's candles if it is certainly not a minute, else null. */
    @Nullable Duration otherInterval() {
        return intervals.other();
    }

    /** Reads a header and returns true, or returns false for any other line. Joined files have several headers. */
    boolean readHeader() {
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

    /**
     * Returns the line's candle.
     *
     * @throws RefusedException if the line is not a candle
     * @throws BadArchiveException if the whole file is unusable
     */
    Candle parse() {
        openMillis = UnusableRows.NO_TIME;
        KlineColumns columns = header == null ? binanceColumns() : header;
        if (lines.cells() < columns.cells() || (header != null && !lines.isAsWideAs(header))) {
            throw notAKline();
        }
        long opened = parseTime(columns.of(Value.OPEN_TIME), Value.OPEN_TIME);
        long closed = columns.has(Value.CLOSE_TIME)
                ? parseTime(columns.of(Value.CLOSE_TIME), Value.CLOSE_TIME)
                : KlineRule.NO_CLOSE_TIME;
        openMillis = opened;
        intervals.row(opened, closed);
        checkSymbol(columns);
        Refusal wrong = KlineRule.checkTimes(opened, closed);
        if (wrong != null) {
            throw new RefusedException(wrong);
        }
        for (int c = 0; c < DECIMALS.length; c++) {
            parseDecimal(columns.of(DECIMALS[c]), c);
        }
        parseTrades(columns.of(Value.TRADES));
        return KlineRule.candle(
                opened, closed, values[0], values[1], values[2], values[3], values[4], values[5], trades, values[6],
                values[7]);
    }

    /** Adds the candle parsed last to its day; returns the reason if the day's columns can't hold it, else null. */
    @Nullable Refusal addTo(TapeDay.Builder day) {
        for (Column column : Column.values()) {
            int c = column.index();
            if (!day.fits(column, unscaled[c], scale[c])) {
                return new Refusal(
                        "BAD_CANDLE",
                        DECIMALS[c].title() + " of the candle at " + Instant.ofEpochMilli(openMillis),
                        values[c].toPlainString(),
                        "at most 18 digits together with the decimals of its day");
            }
        }
        day.bar(openMillis, trades);
        for (Column column : Column.values()) {
            day.set(column, unscaled[column.index()], scale[column.index()]);
        }
        return null;
    }

    /** Returns Binance's columns, after one of row numbers if the first cell can't be a time and the second is one. */
    private KlineColumns binanceColumns() {
        int shift = !time.parse(lines, 0, decimal) && lines.cells() > 1 && time.parse(lines, 1, decimal) ? 1 : 0;
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

    private long parseTime(int cell, Value value) {
        if (!time.parse(lines, cell, decimal)) {
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

    private void parseDecimal(int cell, int c) {
        if (lines.read(cell, decimal)) {
            unscaled[c] = decimal.unscaled();
            scale[c] = decimal.scale();
            values[c] = BigDecimal.valueOf(unscaled[c], scale[c]);
            return;
        }
        BigDecimal exact = withExponent(lines.cell(cell));
        if (exact == null) {
            throw bad(
                    DECIMALS[c].title(),
                    "'" + KlineLineReader.shortened(lines.cell(cell)) + "'",
                    "a decimal of at most 18 digits with a point");
        }
        unscaled[c] = exact.unscaledValue().longValueExact();
        scale[c] = exact.scale();
        values[c] = exact;
    }

    /** Parses a decimal with an exponent, such as {@code 1e-05}; returns null if it is not one of at most 18 digits. */
    private static @Nullable BigDecimal withExponent(String text) {
        try {
            BigDecimal exact = text.length() > MOST_CHARS ? null : new BigDecimal(text).stripTrailingZeros();
            if (exact == null || exact.scale() > MOST_DIGITS || exact.precision() - exact.scale() > MOST_DIGITS) {
                return null;
            }
            BigDecimal plain = exact.scale() < 0 ? exact.setScale(0) : exact;
            return plain.precision() > MOST_DIGITS ? null : plain;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private void parseTrades(int cell) {
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

    private static RefusedException bad(String subject, String actual, String expected) {
        return RefusedException.of("BAD_CANDLE", subject, actual, expected);
    }
}
