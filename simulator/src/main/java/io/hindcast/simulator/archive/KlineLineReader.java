package io.hindcast.simulator.archive;

import io.hindcast.api.kline.DecimalText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** Splits text into lines and lines into cells, without allocating. Not thread-safe. */
final class KlineLineReader implements AutoCloseable {

    static final int MOST_CELLS = 32;
    private static final int LONGEST_LINE = 4096;
    /** The separator of a file is the first of these that splits a line into as many cells as candles have columns. */
    private static final byte[] SEPARATORS = {';', '\t', '|', ','};

    private static final int FEWEST_CELLS = 6;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 18];
    private int position;
    private int limit;
    private boolean ended;

    private long line;
    private int lineStart;
    private int lineEnd;
    private byte separator;
    private int cells;
    private int width;
    private final int[] start = new int[MOST_CELLS];
    private final int[] end = new int[MOST_CELLS];

    KlineLineReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** Goes to the next line that is not blank and splits it; returns false at the end. */
    boolean next() {
        while (nextLine()) {
            trim();
            if (lineEnd > lineStart) {
                if (separator == 0) {
                    findSeparator();
                } else {
                    split(separator);
                }
                return true;
            }
        }
        return false;
    }

    /** Returns the number of the current line, from 1. */
    long line() {
        return line;
    }

    /** Returns the number of cells of the current line, without empty ones at its end. */
    int cells() {
        return cells;
    }

    /** Returns the number of cells of the current line, with empty ones at its end. */
    int width() {
        return width;
    }

    /** Returns whether the current line is as wide as a header, with or without the empty cells at the end of both. */
    boolean isAsWideAs(KlineColumns header) {
        return width == header.width() || cells == header.filled();
    }

    /** Returns whether the line is a comment, or the address of its publisher. */
    boolean isComment() {
        return buffer[lineStart] == '#' || (cells == 1 && text().contains("://"));
    }

    /** Reads a cell as a decimal of at most 18 digits; returns false if it is not one. */
    boolean read(int cell, DecimalText into) {
        return into.read(buffer, start[cell], end[cell]);
    }

    String cell(int cell) {
        return new String(buffer, start[cell], end[cell] - start[cell], StandardCharsets.UTF_8);
    }

    /** Returns all cells. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            all.add(cell(i));
        }
        return all;
    }

    /** Returns the line, shortened and without unprintable characters. */
    String text() {
        return shortened(new String(buffer, lineStart, lineEnd - lineStart, StandardCharsets.ISO_8859_1));
    }

    static String shortened(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 57) + "...";
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void findSeparator() {
        for (byte candidate : SEPARATORS) {
            split(candidate);
            if (cells >= FEWEST_CELLS) {
                separator = candidate;
                return;
            }
        }
    }

    private void split(byte by) {
        cells = 0;
        int from = lineStart;
        boolean quoted = false;
        for (int i = lineStart; i <= lineEnd; i++) {
            if (i < lineEnd && buffer[i] == '"') {
                quoted = !quoted;
            } else if ((i == lineEnd || (buffer[i] == by && !quoted)) && cells < MOST_CELLS) {
                cell(from, i);
                from = i + 1;
            }
        }
        width = cells;
        while (cells > 1 && start[cells - 1] == end[cells - 1]) {
            cells--;
        }
    }

    private void cell(int from, int to) {
        int s = from;
        int e = to;
        while (s < e && buffer[s] == ' ') {
            s++;
        }
        while (e > s && buffer[e - 1] == ' ') {
            e--;
        }
        if (e - s >= 2 && buffer[s] == '"' && buffer[e - 1] == '"') {
            s++;
            e--;
        }
        start[cells] = s;
        end[cells] = e;
        cells++;
    }

    private void trim() {
        while (lineEnd > lineStart && (buffer[lineEnd - 1] == '\r' || buffer[lineEnd - 1] == ' ')) {
            lineEnd--;
        }
        while (lineStart < lineEnd && buffer[lineStart] == ' ') {
            lineStart++;
        }
    }

    /** Finds the next line; one that is too long for a kline is cut, so that it is refused as malformed. */
    private boolean nextLine() {
        int from = position;
        int i = from;
        boolean cut = false;
        while (true) {
            while (i < limit && buffer[i] != '\n') {
                i++;
            }
            if (i < limit || ended) {
                break;
            }
            int kept = limit - from;
            if (kept > LONGEST_LINE) {
                kept = LONGEST_LINE;
                cut = true;
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
        lineEnd = cut ? Math.min(i, from + LONGEST_LINE) : i;
        return true;
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
}
