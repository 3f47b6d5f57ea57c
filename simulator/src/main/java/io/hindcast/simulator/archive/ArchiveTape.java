package io.hindcast.simulator.archive;

import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.tape.Tape;
import io.hindcast.simulator.tape.TapeDay;
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
import org.jspecify.annotations.Nullable;

/**
 * A whole archive in memory, checked from first to last line when it is opened, so that nothing is played or imported
 * of one that is damaged further on. A year of minutes takes some 37 MB.
 */
public final class ArchiveTape implements Tape {

    private final Symbol symbol;
    private final String description;
    private final NavigableMap<LocalDate, TapeDay> days;
    private final long bars;
    private final UnusableRows unusable;

    private ArchiveTape(
            Symbol symbol, String description, NavigableMap<LocalDate, TapeDay> days, UnusableRows unusable) {
        this.symbol = symbol;
        this.description = description;
        this.days = days;
        this.bars = days.values().stream().mapToLong(TapeDay::size).sum();
        this.unusable = unusable;
    }

    /** Reads a file, or all files of the only market in a folder; the symbol comes from their names. */
    public static ArchiveTape open(Path path) {
        Symbol symbol = KlineFiles.symbolIn(path)
                .orElseThrow(() -> BadArchiveException.file(
                        path,
                        "of no known market",
                        "a name like BTCUSDT-1m-2024-01.zip, or --symbol to say which it is"));
        return open(symbol, path);
    }

    /** Reads a file, or those files in a folder that are named after the symbol. */
    public static ArchiveTape open(Symbol symbol, Path path) {
        List<Path> files = KlineFiles.in(path, symbol);
        TapeAssembler days = new TapeAssembler();
        UnusableRows unusable = new UnusableRows();
        for (Path file : files) {
            try (KlineReader reader = KlineReader.open(file)) {
                days.read(file, reader);
                unusable.addAll(reader.unusable());
            }
        }
        if (days.isEmpty()) {
            throw BadArchiveException.file(path, "without a usable row: " + unusable, "one-minute candles");
        }
        return new ArchiveTape(symbol, describe(path, files), days.build(), unusable);
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

    /** Rows of its files that are no candles and were left out. */
    public UnusableRows unusable() {
        return unusable;
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
