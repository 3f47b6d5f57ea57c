package io.hindcast.feeds.archive;

import io.hindcast.api.market.Symbol;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Kline files on disk: which there are, what they are called, how they are opened. */
public final class KlineFiles {

    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9]{2,20})-1m-.*");

    private KlineFiles() {}

    /** The kline files that a path means: itself, or those in the folder it names, by name. */
    public static List<Path> in(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> found = files.filter(KlineFiles::isKlineName).sorted().toList();
            if (found.isEmpty()) {
                throw BadArchiveException.file(
                        path, "a folder without kline files", "files like BTCUSDT-1m-2024-01.zip");
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + path, e);
        }
    }

    /** The symbol that a file's name begins with, as in {@code btcusdt-1m-2022.csv.gz}. */
    public static Optional<Symbol> symbolOf(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(new Symbol(name.group(1).toUpperCase(Locale.ROOT))) : Optional.empty();
    }

    private static boolean isKlineName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return NAME.matcher(name).matches()
                && (name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".zip"));
    }

    static InputStream open(Path file) {
        try {
            if (!Files.exists(file)) {
                throw BadArchiveException.file(file, "not there", "a csv, csv.gz or zip file");
            }
            if (!Files.isRegularFile(file)) {
                throw BadArchiveException.file(file, "not a file", "a csv, csv.gz or zip file");
            }
            if (Files.size(file) == 0) {
                throw BadArchiveException.file(file, "empty", "a csv, csv.gz or zip file with klines");
            }
            int magic = magic(file);
            return switch (magic) {
                case 0x1f8b -> new GZIPInputStream(Files.newInputStream(file), 1 << 16);
                case 0x504b -> zipped(file);
                default -> plain(file);
            };
        } catch (ZipException | java.io.EOFException e) {
            throw BadArchiveException.file(
                    file, "damaged or cut off (" + e.getMessage() + ")", "an intact file (copy or download it again)");
        } catch (NoSuchFileException e) {
            throw BadArchiveException.file(file, "not there", "a csv, csv.gz or zip file");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static int magic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() << 8 | in.read();
        }
    }

    private static InputStream plain(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".gz") || name.endsWith(".zip")) {
            throw BadArchiveException.file(file, "not compressed as its name says", "a gzip or zip file");
        }
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private static InputStream zipped(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".csv"))
                    .toList();
            if (entries.size() != 1) {
                throw BadArchiveException.file(file, "a zip with " + entries.size() + " csv files", "a zip with one");
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
}
