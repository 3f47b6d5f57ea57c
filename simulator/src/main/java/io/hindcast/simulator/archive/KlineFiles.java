package io.hindcast.simulator.archive;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Kline files on disk: finds them, reads the symbol from their names, and opens them. */
public final class KlineFiles {

    private static final String EXAMPLE = "files like BTCUSDT-1m-2024-01.zip";
    private static final String KINDS = "a csv, csv.gz, zip or json file";
    /** A symbol and an interval, at the beginning or after other words, as in {@code my-BTCUSDT-1m-2024.csv}. */
    private static final Pattern NAME =
            Pattern.compile("(?:.*[-_. ])?([^-_. ]+)-(\\d+(?:s|m|h|d|w|mo))(?:[-_. ].*)?", Pattern.CASE_INSENSITIVE);

    private KlineFiles() {}

    /** The parts of a file's name. */
    private record Named(Symbol symbol, String interval) {}

    /**
     * Returns the files of one market at a path: the file itself, or those of a folder, sorted by name.
     *
     * @param symbol the market; if null, the only one in the folder
     */
    static List<Path> in(Path path, @Nullable Symbol symbol) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> all = listed(path);
        List<Path> minutes =
                all.stream().filter(file -> symbolOf(file).isPresent()).toList();
        TreeSet<Symbol> symbols = minutes.stream()
                .map(file -> symbolOf(file).orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
        if (symbol == null && symbols.size() > 1) {
            throw BadArchiveException.file(path, "a folder with " + joined(symbols), "--symbol to select one");
        }
        List<Path> found = minutes.stream()
                .filter(file -> symbol == null || symbolOf(file).equals(Optional.of(symbol)))
                .toList();
        if (found.isEmpty()) {
            throw BadArchiveException.file(
                    path,
                    symbols.isEmpty()
                            ? "a folder without files of one-minute candles" + otherIntervals(all)
                            : "a folder without " + symbol + ", but with " + joined(symbols),
                    symbol == null ? EXAMPLE : EXAMPLE.replace("BTCUSDT", symbol.toString()));
        }
        return found;
    }

    /** Returns the market that a file or folder is named after, empty if none. Refuses a folder with several. */
    public static Optional<Symbol> symbolIn(Path path) {
        return symbolOf(in(path, null).getFirst());
    }

    /**
     * Returns the symbol in a file's name, as in {@code btcusdt-1m-2022.csv.gz}, or in the name of the file in a zip.
     */
    private static Optional<Symbol> symbolOf(Path file) {
        Optional<Named> named = named(file.getFileName().toString());
        if (named.isEmpty() && Files.isRegularFile(file)) {
            named = named(zippedName(file));
        }
        return named.filter(n -> n.interval().equals("1m")).map(Named::symbol);
    }

    private static Optional<Named> named(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String symbol = URLDecoder.decode(parts.group(1), StandardCharsets.UTF_8);
            return Optional.of(new Named(new Symbol(symbol.toUpperCase(Locale.ROOT)), parts.group(2)));
        } catch (RefusedException | IllegalArgumentException noSymbol) {
            return Optional.empty();
        }
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !isHidden(file.getFileName().toString()))
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(csv|csv\\.gz|zip|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** Returns whether a file is hidden, such as {@code ._name}, which macOS adds to each file. */
    private static boolean isHidden(String name) {
        return name.startsWith(".");
    }

    private static String otherIntervals(List<Path> files) {
        TreeSet<String> intervals = files.stream()
                .flatMap(file -> named(file.getFileName().toString()).stream())
                .map(Named::interval)
                .collect(Collectors.toCollection(TreeSet::new));
        return intervals.isEmpty() ? "" : ", but with those of " + String.join(", ", intervals);
    }

    private static String joined(Set<Symbol> symbols) {
        return symbols.stream().map(Symbol::value).collect(Collectors.joining(", "));
    }

    /** Opens a file, decompressed and decoded. */
    static InputStream open(Path file) {
        try {
            if (!Files.exists(file)) {
                throw BadArchiveException.file(file, "not there", KINDS);
            }
            if (!Files.isRegularFile(file)) {
                throw BadArchiveException.file(file, "not a file", KINDS);
            }
            if (Files.size(file) == 0) {
                throw BadArchiveException.file(file, "empty", KINDS + " with klines");
            }
            return KlineTextDecoder.decode(
                    switch (magic(file)) {
                        case 0x1f8b -> new GZIPInputStream(Files.newInputStream(file), 1 << 16);
                        case 0x504b -> zipped(file);
                        default -> new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                    });
        } catch (ZipException | EOFException e) {
            throw BadArchiveException.file(
                    file, "damaged or cut off (" + e.getMessage() + ")", "an intact file (copy or download it again)");
        } catch (NoSuchFileException e) {
            throw BadArchiveException.file(file, "not there", KINDS);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static int magic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() << 8 | in.read();
        }
    }

    private static InputStream zipped(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            List<ZipEntry> entries = entries(zip);
            if (entries.size() != 1) {
                throw BadArchiveException.file(
                        file,
                        "a zip with " + entries.size() + " csv files"
                                + (entries.isEmpty()
                                        ? ""
                                        : " (" + entries.getFirst().getName() + " and others)"),
                        "a zip with one (unpack it, and name a file or the folder)");
            }
            return new FilterInputStream(zip.getInputStream(entries.getFirst())) {
                @Override
                public void close() throws IOException {
                    zip.close();
                }
            };
        } catch (RuntimeException | IOException e) {
            zip.close();
            throw e;
        }
    }

    /** Returns the kline files in a zip, without those that macOS adds. */
    private static List<ZipEntry> entries(ZipFile zip) {
        List<ZipEntry> found = new ArrayList<>();
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            String last = name.substring(name.lastIndexOf('/') + 1);
            if (!name.startsWith("__MACOSX/")
                    && !isHidden(last)
                    && last.toLowerCase(Locale.ROOT).matches(".*\\.(csv|json)")) {
                found.add(entry);
            }
        }
        return found;
    }

    /** Returns the name of the one kline file in a zip, empty if it is not a zip with exactly one. */
    private static String zippedName(Path file) {
        try {
            if (magic(file) != 0x504b) {
                return "";
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                List<ZipEntry> entries = entries(zip);
                String name = entries.size() == 1 ? entries.getFirst().getName() : "";
                return name.substring(name.lastIndexOf('/') + 1);
            }
        } catch (IOException unreadable) {
            return ""; // opening it reports the reason
        }
    }
}
