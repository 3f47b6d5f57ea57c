package io.hindcast.feeds.archive;

import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.tape.Tape;
import io.hindcast.feeds.tape.TapeDay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole archive in memory, checked from first to last line when it is opened, so that nothing is played or imported of one
 * that is damaged further on. A year of minutes takes some 37 MB.
 */
public final class ArchiveTape implements Tape {

    private static final long DAY_MILLIS = 86_400_000;

    private final Symbol symbol;
    private final String description;
    private final NavigableMap<LocalDate, TapeDay> days;
    private final long bars;

    private ArchiveTape(Symbol symbol, String description, NavigableMap<LocalDate, TapeDay> days, long bars) {
        this.symbol = symbol;
        this.description = description;
        this.days = days;
        this.bars = bars;
    }

    /** Reads a file, or all files of one symbol in a folder; the symbol comes from the first file's name. */
    public static ArchiveTape open(Path path) {
        Path first = KlineFiles.in(path).getFirst();
        Symbol symbol = KlineFiles.symbolOf(first)
                .orElseThrow(() -> BadArchiveException.file(
                        first, "of no known symbol", "a name like BTCUSDT-1m-2024-01.zip, or the symbol to be given"));
        return open(symbol, path);
    }

    /** Reads a file, or those files in a folder whose names begin with the symbol. */
    public static ArchiveTape open(Symbol symbol, Path path) {
        List<Path> files = KlineFiles.in(path);
        if (files.size() > 1) {
            files = files.stream()
                    .filter(file -> KlineFiles.symbolOf(file).equals(Optional.of(symbol)))
                    .toList();
            if (files.isEmpty()) {
                throw BadArchiveException.file(
                        path, "a folder without " + symbol, "files like " + symbol + "-1m-2024-01.zip");
            }
        }
        NavigableMap<LocalDate, TapeDay> days = new TreeMap<>();
        long bars = 0;
        long last = Long.MIN_VALUE;
        TapeDay.@Nullable Builder building = null;
        LocalDate day = LocalDate.EPOCH;
        for (Path file : files) {
            try (KlineReader reader = KlineReader.open(file)) {
                while (reader.next()) {
                    long opened = reader.openMillis();
                    if (opened <= last) {
                        throw BadArchiveException.line(
                                file,
                                reader.line(),
                                "a bar of " + Instant.ofEpochMilli(opened),
                                "one after " + Instant.ofEpochMilli(last) + ", where the file before ends");
                    }
                    last = opened;
                    LocalDate of = LocalDate.ofEpochDay(Math.floorDiv(opened, DAY_MILLIS));
                    if (building == null || !of.equals(day)) {
                        if (building != null) {
                            days.put(day, building.build());
                        }
                        building = new TapeDay.Builder(of);
                        day = of;
                    }
                    reader.addTo(building);
                    bars++;
                }
            }
        }
        if (building != null) {
            days.put(day, building.build());
        }
        return new ArchiveTape(symbol, describe(path, files), days, bars);
    }

    @Override
    public Symbol symbol() {
        return symbol;
    }

    @Override
    public MarketOrigin origin() {
        return MarketOrigin.ARCHIVE;
    }

    @Override
    public String description() {
        return description;
    }

    /** How many bars it holds. */
    public long bars() {
        return bars;
    }

    @Override
    public Instant firstOpenTime() {
        return Instant.ofEpochMilli(days.firstEntry().getValue().openMillis(0));
    }

    @Override
    public Optional<Instant> lastOpenTime() {
        TapeDay last = days.lastEntry().getValue();
        return Optional.of(Instant.ofEpochMilli(last.openMillis(last.size() - 1)));
    }

    @Override
    public @Nullable TapeDay day(LocalDate day) {
        return days.get(day);
    }

    /** All days that hold bars. */
    public Map<LocalDate, TapeDay> days() {
        return java.util.Collections.unmodifiableMap(days);
    }

    private static String describe(Path path, List<Path> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        digest.update(buffer, 0, read);
                    }
                }
            }
            String hex = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
            String name = path.toAbsolutePath().normalize().getFileName().toString();
            return files.size() == 1 ? name + ", sha256 " + hex : name + " (" + files.size() + " files), sha256 " + hex;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
