package io.hindcast.feeds.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.SharedData;
import io.hindcast.feeds.synthetic.SyntheticTape;
import io.hindcast.feeds.tape.TapeDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTapeTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    @TempDir
    Path folder;

    private final SyntheticTape market = new SyntheticTape(BTC, 1, FIRST);

    private List<Candle> day(int index) {
        TapeDay day = Objects.requireNonNull(market.day(FIRST.plusDays(index)));
        return day.candles(0, Long.MAX_VALUE);
    }

    @Test
    void findsEveryBarByItsTimeAndNoneWhereThereIsNone() throws IOException {
        List<Candle> bars = new ArrayList<>(day(0));
        bars.addAll(day(2));
        bars.remove(100);
        Path file = Files.write(
                folder.resolve("btcusdt-1m-x.csv.gz"), KlineFileWriter.gzip(KlineFileWriter.rows(bars, 11, false)));
        ArchiveTape tape = ArchiveTape.open(file);
        assertThat(tape.symbol()).isEqualTo(BTC);
        assertThat(tape.bars()).isEqualTo(bars.size());
        for (Candle bar : bars) {
            assertThat(tape.at(bar.openTime())).contains(bar);
        }
        assertThat(tape.at(day(0).get(100).openTime())).isEmpty();
        assertThat(tape.at(day(1).get(5).openTime())).isEmpty();
        assertThat(tape.at(bars.getFirst().openTime().plusSeconds(1))).isEmpty();
        assertThat(tape.firstOpenTime()).isEqualTo(bars.getFirst().openTime());
        assertThat(tape.lastOpenTime()).contains(bars.getLast().openTime());
    }

    @Test
    void playsTheMonthlyFilesOfAFolderAsOneAndTellsSymbolsApart() throws IOException {
        Files.write(
                folder.resolve("BTCUSDT-1m-2024-01.zip"),
                KlineFileWriter.zip("BTCUSDT-1m-2024-01.csv", KlineFileWriter.rows(day(0), 12, false)));
        Files.write(
                folder.resolve("BTCUSDT-1m-2024-02.zip"),
                KlineFileWriter.zip("BTCUSDT-1m-2024-02.csv", KlineFileWriter.rows(day(1), 12, true)));
        Files.writeString(folder.resolve("ETHUSDT-1m-2024-01.csv"), KlineFileWriter.rows(day(0), 12, false));
        Files.writeString(folder.resolve("notes.txt"), "not klines");
        assertThat(ArchiveTape.open(folder).bars()).isEqualTo(2880);
        assertThat(ArchiveTape.open(new Symbol("ETHUSDT"), folder).bars()).isEqualTo(1440);
        assertThatThrownBy(() -> ArchiveTape.open(new Symbol("XRPUSDT"), folder))
                .hasMessageContaining("a folder without XRPUSDT");
    }

    @Test
    void refusesFilesThatOverlap() throws IOException {
        Files.writeString(folder.resolve("BTCUSDT-1m-2024-01.csv"), KlineFileWriter.rows(day(1), 12, false));
        Files.writeString(folder.resolve("BTCUSDT-1m-2024-02.csv"), KlineFileWriter.rows(day(0), 12, false));
        assertThatThrownBy(() -> ArchiveTape.open(folder))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("BTCUSDT-1m-2024-02.csv")
                .hasMessageContaining("where the file before ends");
    }

    @Test
    void saysWhichRecordingItIs() throws IOException {
        Path one = Files.writeString(folder.resolve("BTCUSDT-1m-a.csv"), KlineFileWriter.rows(day(0), 12, false));
        Path two = Files.writeString(folder.resolve("BTCUSDT-1m-b.csv"), KlineFileWriter.rows(day(1), 12, false));
        assertThat(ArchiveTape.open(one).description()).startsWith("BTCUSDT-1m-a.csv, sha256 ");
        String other = ArchiveTape.open(two).description();
        assertThat(ArchiveTape.open(one).description())
                .isEqualTo(ArchiveTape.open(one).description())
                .doesNotEndWith(other.substring(other.indexOf("sha256")));
    }

    @Test
    void holdsARealYearCompactlyAndReadsItFast() {
        Path file = SharedData.file("btcusdt-1m-2022-01-01-2022-12-31.csv.gz");
        ArchiveTape tape = ArchiveTape.open(file);
        assertThat(tape.bars()).isEqualTo(525_600);
        assertThat(tape.symbol()).isEqualTo(BTC);
        Candle first = tape.at(Instant.parse("2022-01-01T00:00:00Z")).orElseThrow();
        assertThat(first.open()).isEqualByComparingTo("46216.93");
        assertThat(first.takerBuyQuoteVolume()).isEqualByComparingTo("1260270.3720627");
        assertThat(tape.lastOpenTime()).contains(Instant.parse("2022-12-31T23:59:00Z"));
        System.gc();
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        List<ArchiveTape> held = new ArrayList<>(List.of(ArchiveTape.open(file)));
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() - before;
        assertThat(used).isLessThan(100L << 20);
        assertThat(held).hasSize(1);
    }

    @Test
    void readsTheRealOutageOfMarch2023AsMissingBars() {
        ArchiveTape tape = ArchiveTape.open(SharedData.file("btcusdt-1m-2023-01-01-2023-03-31.csv.gz"));
        assertThat(tape.bars()).isEqualTo(129_520);
        assertThat(tape.at(Instant.parse("2023-03-24T12:39:00Z"))).isPresent();
        assertThat(tape.at(Instant.parse("2023-03-24T12:40:00Z"))).isEmpty();
        assertThat(tape.at(Instant.parse("2023-03-24T13:59:00Z"))).isEmpty();
        assertThat(tape.at(Instant.parse("2023-03-24T14:00:00Z"))).isPresent();
    }
}
