package io.hindcast.simulator.archive;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import io.hindcast.simulator.tape.TapeDay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one-minute candles of a kline file in one pass, in the file's order: Binance's columns, or those that a
 * header names, in any encoding and with any separator. A row that is not a candle is left out and counted; a file of
 * another interval, or of something else, is refused. Not thread-safe.
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

    /** Number of malformed rows without a candle after which a file is given up. */
    private static final int MALFORMED_TO_GIVE_UP = 1_000;
    /** A file with more malformed rows than this for each candle is refused as something else. */
    private static final int MOST_MALFORMED_PER_CANDLE = 9;

    private final Path file;
    private final KlineLineReader lines;
    private final KlineRowParser row;
    private final UnusableRows unusable = new UnusableRows();
    private @Nullable Candle candle;
    private long candles;
    /** Unusable rows but those that are just off the minute, which files of candles may have. */
    private long malformed;

    private long firstUnusableLine;

    private KlineReader(Path file, KlineLineReader lines) {
        this.file = file;
        this.lines = lines;
        this.row = new KlineRowParser(file, lines);
    }

    /** Opens a csv, csv.gz, zip or json file, recognized by its content. */
    public static KlineReader open(Path file) {
        return new KlineReader(file, new KlineLineReader(file, KlineFiles.open(file)));
    }

    /** Goes to the next candle; returns false at the end. Throws for a file that is not one of one-minute candles. */
    public boolean next() {
        while (lines.next()) {
            if (lines.isComment() || row.readHeader()) {
                continue;
            }
            try {
                candle = row.parse();
                candles++;
                return true;
            } catch (BadArchiveException wholeFile) {
                throw wholeFile;
            } catch (RefusedException thisRow) {
                leaveOut(thisRow.refusal());
            }
        }
        refuseIfSomethingElse();
        if (candles == 0 && unusable.count() == 0) {
            throw BadArchiveException.file(
                    file, row.hasHeader() ? "a header without rows" : "empty", KlineRowParser.FORM);
        }
        return false;
    }

    /** Returns the line of the current candle, from 1. */
    public long line() {
        return lines.line();
    }

    /** Returns the open time of the current candle in epoch milliseconds. */
    public long openMillis() {
        return row.openMillis();
    }

    /** Returns the current candle. */
    public Candle candle() {
        if (candle == null) {
            throw new IllegalStateException("there is no candle before next()");
        }
        return candle;
    }

    /** Returns the rows so far that are not candles. */
    public UnusableRows unusable() {
        return unusable;
    }

    /** Counts the current row as unusable. */
    void leaveOut(Refusal reason) {
        if (unusable.count() == 0) {
            firstUnusableLine = lines.line();
        }
        unusable.add(row.openMillis(), reason, "line " + lines.line() + " of " + file.getFileName());
        if (row.openMillis() == UnusableRows.NO_TIME || row.openMillis() % Interval.ONE_MINUTE.millis() == 0) {
            malformed++;
        }
        if (candles == 0 && malformed == MALFORMED_TO_GIVE_UP) {
            refuseIfSomethingElse();
        }
    }

    /** Adds the current candle to its day; returns false if it is left out because the day's columns can't hold it. */
    boolean addTo(TapeDay.Builder day) {
        Refusal tooWide = row.addTo(day);
        if (tooWide == null) {
            return true;
        }
        candles--;
        leaveOut(tooWide);
        return false;
    }

    @Override
    public void close() {
        lines.close();
    }

    private void refuseIfSomethingElse() {
        Duration other = row.otherInterval();
        if (other != null) {
            throw BadArchiveException.file(
                    file,
                    "one with candles of " + IntervalDetector.name(other),
                    "one-minute candles (1m), such as 'hindcast archive' downloads");
        }
        Refusal first = unusable.first();
        boolean allMalformed = malformed == unusable.count();
        if (first != null && malformed > MOST_MALFORMED_PER_CANDLE * candles && (candles > 0 || allMalformed)) {
            String share = String.format(Locale.ROOT, ", as in %,d of %,d rows", malformed, unusable.count() + candles);
            throw BadArchiveException.of(
                    first.subject() + " on line " + firstUnusableLine + " of kline archive " + file,
                    malformed == 1 ? first.actual() : first.actual() + share,
                    first.expected());
        }
    }
}
