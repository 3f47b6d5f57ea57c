package io.hindcast.ml;

import io.hindcast.ml.feature.Bar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real candles in a folder beside the project. Tests that need them are skipped, with a message, where the folder is
 * missing.
 */
public final class RealCandles {

    private static final String FILE = "shared/data/btcusdt-1m-2022-01-01-2022-12-31.csv.gz";

    private RealCandles() {}

    /** Bars of BTCUSDT in 2022 that open from {@code from} to before {@code to}. */
    public static List<Bar> btcusdt(Instant from, Instant to) {
        Path file = find().orElseGet(() -> Assumptions.abort("no " + FILE + " beside the project: not tested on it"));
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            return reader.lines()
                    .skip(1)
                    .map(RealCandles::parse)
                    .dropWhile(bar -> bar.openTime() < from.toEpochMilli())
                    .takeWhile(bar -> bar.openTime() < to.toEpochMilli())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(FILE))) {
                return Optional.of(folder.resolve(FILE));
            }
        }
        return Optional.empty();
    }

    private static Bar parse(String line) {
        String[] v = line.split(",", -1);
        return new Bar(
                Long.parseLong(v[0]),
                Double.parseDouble(v[1]),
                Double.parseDouble(v[2]),
                Double.parseDouble(v[3]),
                Double.parseDouble(v[4]),
                Double.parseDouble(v[5]),
                Double.parseDouble(v[7]),
                Long.parseLong(v[8]),
                Double.parseDouble(v[9]),
                Double.parseDouble(v[10]));
    }
}
