package io.hindcast.simulator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.SharedData;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.hindcast.simulator.tape.TapeDay;
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
    void findsEveryBarByItsTime() throws IOException {
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
    void joinsTheMonthlyFilesOfASymbolInAFolder() throws IOException {
        Files.write(
                folder.resolve("BTCUSDT-1m-2024-01.zip"),
                KlineFileWriter.zip("BTCUSDT-1m-2024-01.csv", KlineFileWriter.rows(day(0), 12, false)));
        Files.write(
                folder.resolve("BTCUSDT-1m-2024-02.zip"),
                KlineFileWriter.zip("BTCUSDT-1m-2024-02.csv", KlineFileWriter.rows(day(1), 12, true)));
        Files.writeString(folder.resolve("ETHUSDT-1m-2024-01.csv"), KlineFileWriter.rows(day(0), 12, false));
        Files.writeString(folder.resolve("notes.txt"), "not klines");
        assertThat(ArchiveTape.open(BTC, folder).bars()).isEqualTo(2880);
        assertThat(ArchiveTape.open(new Symbol("ETHUSDT"), folder).bars()).isEqualTo(1440);
        assertThatThrownBy(() -> ArchiveTape.open(new Symbol("XRPUSDT"), folder))
                .hasMessageContaining("a folder without XRPUSDT, but with BTCUSDT, ETHUSDT");
        assertThatThrownBy(() -> ArchiveTape.open(folder))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("a folder with BTCUSDT, ETHUSDT")
                .hasMessageContaining("--symbol");
    }

    @Test
    void refusesAFolderOfAnotherMarket() throws IOException {
        Files.writeString(folder.resolve("ETHUSDT-1m-2024-01.csv"), KlineFileWriter.rows(day(0), 12, false));
        assertThatThrownBy(() -> ArchiveTape.open(BTC, folder))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("a folder without BTCUSDT, but with ETHUSDT");
        assertThat(ArchiveTape.open(folder).symbol()).isEqualTo(new Symbol("ETHUSDT"));
    }

    @Test
    void namesTheIntervalsOfAFolderWithoutMinutes() throws IOException {
        Files.writeString(folder.resolve("BTCUSDT-5m-2024-01.csv"), "1,2,3");
        Files.writeString(folder.resolve("BTCUSDT-1h-2024-01.csv"), "1,2,3");
        assertThatThrownBy(() -> ArchiveTape.open(folder))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("without files of one-minute candles, but with those of 1h, 5m")
                .hasMessageContaining("BTCUSDT-1m-2024-01.zip");
    }

    @Test
    void findsTheSymbolAnywhereInAName() throws IOException {
        String rows = KlineFileWriter.rows(day(0), 12, false);
        for (String name : List.of("my-BTCUSDT-1m.csv", "btcusdt-1m-2022-01-01.CSV", "old_BTCUSDT-1m_x.csv")) {
            assertThat(ArchiveTape.open(Files.writeString(folder.resolve(name), rows))
                            .symbol())
                    .isEqualTo(BTC);
        }
        Symbol chinese = new Symbol("币安人生USDT");
        assertThat(ArchiveTape.open(Files.writeString(folder.resolve(chinese.encoded() + "-1m-2022-01.csv"), rows))
                        .symbol())
                .isEqualTo(chinese);
        Path unnamed = Files.writeString(folder.resolve("klines.csv"), rows);
        assertThatThrownBy(() -> ArchiveTape.open(unnamed))
                .hasMessageContaining("of no known market")
                .hasMessageContaining("--symbol");
        assertThat(ArchiveTape.open(BTC, unnamed).bars()).isEqualTo(1440);
    }

    @Test
    void readsFilesInAnyOrderAndOverlapsOnce() throws IOException {
        List<Candle> both = new ArrayList<>(day(0));
        both.addAll(day(1));
        Files.writeString(folder.resolve("BTCUSDT-1m-2024-01.csv"), KlineFileWriter.rows(day(1), 12, false));
        Files.writeString(folder.resolve("BTCUSDT-1m-2024-02.csv"), KlineFileWriter.rows(both, 12, false));
        ArchiveTape tape = ArchiveTape.open(folder);
        assertThat(tape.bars()).isEqualTo(2880);
        assertThat(tape.unusable().count()).isZero();
        for (Candle bar : both) {
            assertThat(tape.at(bar.openTime())).contains(bar);
        }
    }

    @Test
    void readsAZipAndItsUnpackedFileOnceAndRefusesFilesThatDisagree() throws IOException {
        String rows = KlineFileWriter.rows(day(0), 12, false);
        Files.write(folder.resolve("BTCUSDT-1m-2024-01.zip"), KlineFileWriter.zip("BTCUSDT-1m-2024-01.csv", rows));
        Path csv = Files.writeString(folder.resolve("BTCUSDT-1m-2024-01.CSV"), rows);
        assertThat(ArchiveTape.open(folder).bars()).isEqualTo(1440);
        Candle other = day(0).get(7);
        Files.writeString(
                csv, rows.replaceFirst("," + other.volume().toPlainString() + ",", "," + other.volume() + "1,"));
        assertThatThrownBy(() -> ArchiveTape.open(folder))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("line 8 of kline archive")
                .hasMessageContaining("a candle of 2024-01-01T00:07:00Z that differs from an earlier file's")
                .hasMessageContaining("take one of the two out");
    }

    @Test
    void usesTheOtherFilesOfAFolderWhenOneIsEntirelyOffTheMinute() throws IOException {
        Files.writeString(folder.resolve("BTCUSDT-1m-2024-01-01.csv"), KlineFileWriter.rows(day(0), 12, false));
        Files.writeString(
                folder.resolve("BTCUSDT-1m-2024-01-02.csv"),
                KlineFileWriter.rows(day(1), 12, false).replaceAll("(?m)^(\\d{9})\\d{4}", "$14789"));
        ArchiveTape tape = ArchiveTape.open(folder);
        assertThat(tape.bars()).isEqualTo(1440);
        assertThat(tape.unusable().count()).isEqualTo(1440);
    }

    @Test
    void refusesAnArchiveWithoutAUsableRow() throws IOException {
        Path file = Files.writeString(
                folder.resolve("BTCUSDT-1m-2024-01-02.csv"),
                KlineFileWriter.rows(day(1), 12, false).replaceAll("(?m)^(\\d{9})\\d{4}", "$14789"));
        assertThatThrownBy(() -> ArchiveTape.open(file))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("without a usable row: 1,440 rows from 2024-01-02T00:00:04.789Z")
                .hasMessageContaining("a whole minute");
    }

    @Test
    void describesItselfByNameAndDigest() throws IOException {
        Path one = Files.writeString(folder.resolve("BTCUSDT-1m-a.csv"), KlineFileWriter.rows(day(0), 12, false));
        Path two = Files.writeString(folder.resolve("BTCUSDT-1m-b.csv"), KlineFileWriter.rows(day(1), 12, false));
        assertThat(ArchiveTape.open(one).description()).startsWith("BTCUSDT-1m-a.csv, sha256 ");
        String other = ArchiveTape.open(two).description();
        assertThat(ArchiveTape.open(one).description())
                .isEqualTo(ArchiveTape.open(one).description())
                .doesNotEndWith(other.substring(other.indexOf("sha256")));
    }

    @Test
    void storesARealYearCompactlyAndReadsItFast() {
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
