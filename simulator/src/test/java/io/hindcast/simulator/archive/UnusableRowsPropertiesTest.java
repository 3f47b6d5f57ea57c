package io.hindcast.simulator.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.synthetic.SyntheticTape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Unusable rows of a file are left out; all others are read. */
class UnusableRowsPropertiesTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);
    private static final List<Candle> BARS = Objects.requireNonNull(new SyntheticTape(BTC, 1, DAY).day(DAY))
            .candles(0, Long.MAX_VALUE)
            .subList(0, 90);
    private static final List<String> LINES =
            KlineFileWriter.rows(BARS, 12, false).lines().toList();

    /** Returns a row made unusable, in each way that does not leave a different candle. */
    static String spoiled(String line, int kind) {
        String[] cells = line.split(",", -1);
        switch (kind) {
            case 0 -> cells[0] = Long.toString(Long.parseLong(cells[0]) + 14_789);
            case 1 -> cells[5] = "-" + cells[5];
            case 2 -> cells[2] = "0.01";
            case 3 -> cells[3] = "0";
            case 4 -> cells[8] = "3.5";
            case 5 -> cells[9] = "99999999";
            case 6 -> cells[6] = Long.toString(Long.parseLong(cells[0]) - 1);
            case 7 -> cells[6] = Long.toString(Long.parseLong(cells[0]) + 299_999);
            case 8 -> cells[4] = "NaN";
            case 9 -> cells[1] = "";
            case 10 -> cells[0] = "1.70407E+12";
            case 11 -> cells[0] = "2024-01-01 00:00:00";
            case 12 -> cells[0] = "99999999999999999999";
            case 13 -> {
                return cells[0] + "," + cells[1];
            }
            case 14 -> {
                return "null";
            }
            case 15 -> {
                return line + ",1,2,3";
            }
            case 16 -> {
                return "Total: \"" + line;
            }
            case 17 -> {
                return "\0\1\2\uFFFD";
            }
            default -> {
                return "9".repeat(10_000);
            }
        }
        return String.join(",", cells);
    }

    @Property(tries = 300)
    void areLeftOutAlone(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 80) int count,
            @ForAll boolean first,
            @ForAll boolean shuffled)
            throws IOException {
        Random random = new Random(seed);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < LINES.size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, random);
        List<Integer> bad = new ArrayList<>(places.subList(0, count));
        if (first && !bad.contains(0)) {
            bad.set(0, 0);
        }
        List<String> lines = new ArrayList<>(LINES);
        for (int place : bad) {
            lines.set(place, spoiled(lines.get(place), random.nextInt(19)));
        }
        if (shuffled) {
            Collections.shuffle(lines, random);
        }
        List<Candle> good = new ArrayList<>();
        for (int i = 0; i < BARS.size(); i++) {
            if (!bad.contains(i)) {
                good.add(BARS.get(i));
            }
        }
        Path file = Files.createTempFile("BTCUSDT-1m-", ".csv");
        try {
            Files.writeString(file, String.join("\n", lines));
            ArchiveTape tape = ArchiveTape.open(BTC, file);
            assertThat(Objects.requireNonNull(tape.day(DAY)).candles(0, Long.MAX_VALUE))
                    .isEqualTo(good);
            assertThat(tape.bars()).isEqualTo(good.size());
            assertThat(tape.unusable().count()).isEqualTo(count);
        } finally {
            Files.delete(file);
        }
    }
}
