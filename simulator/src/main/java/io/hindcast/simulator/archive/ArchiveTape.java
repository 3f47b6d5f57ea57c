package io.hindcast.simulator.archive;

import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.tape.Tape;
import io.hindcast.simulator.tape.TapeDay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole archive in memory, checked from first to last line when it is opened, so that no part of a damaged one is
 * played or imported. A year of minutes takes some 37 MB. Immutable.
 */
public final class ArchiveTape implements Tape {

    private static final int SHOWN_DIGITS = 16;

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
                        path, "of no known market", "a name like BTCUSDT-1m-2024-01.zip, or --symbol"));
        return open(symbol, path);
    }

    /** Reads a file, or those files in a folder that are named after the symbol. */
    public static ArchiveTape open(Symbol symbol, Path path) {
        List<Path> files = KlineFiles.in(path, symbol);
        TapeAssembler assembler = new TapeAssembler();
        UnusableRows unusable = new UnusableRows();
        for (Path file : files) {
            try (KlineReader reader = KlineReader.open(file)) {
                assembler.read(file, reader);
                unusable.addAll(reader.unusable());
            }
        }
        if (assembler.isEmpty()) {
            throw BadArchiveException.file(path, "without a usable row: " + unusable, "one-minute candles");
        }
        return new ArchiveTape(symbol, describe(path, files), assembler.build(), unusable);
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

    /** Returns the number of bars. */
    public long bars() {
        return bars;
    }

    /** Returns the rows of its files that are not candles and were left out. */
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

    /** Returns the days that have bars. */
    public Map<LocalDate, TapeDay> days() {
        return Collections.unmodifiableMap(days);
    }

    private static String describe(Path path, List<Path> files) {
        try {
            String digest = FileDigest.sha256(files).substring(0, SHOWN_DIGITS);
            String name = path.toAbsolutePath().normalize().getFileName().toString();
            String count = files.size() == 1 ? "" : " (" + files.size() + " files)";
            return name + count + ", sha256 " + digest;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
