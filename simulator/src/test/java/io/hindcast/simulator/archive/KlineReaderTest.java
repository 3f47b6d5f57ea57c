package io.hindcast.simulator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.hindcast.simulator.tape.TapeDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KlineReaderTest {

    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);
    private static final String ROW =
            "1640995200000,46216.93,46271.08,46208.37,46250,40.57574,1640995259999,1875978.4426979,"
                    + "796,27.26086,1260270.3720627\n";
    private static final String NEXT =
            ROW.replace("1640995200000", "1640995260000").replace("1640995259999", "1640995319999");

    @TempDir
    Path folder;

    private final List<Candle> bars = bars();

    private static List<Candle> bars() {
        TapeDay day = Objects.requireNonNull(new SyntheticTape(new Symbol("BTCUSDT"), 1, DAY).day(DAY));
        return day.candles(0, Long.MAX_VALUE).subList(0, 500);
    }

    private static List<Candle> read(Path file) {
        List<Candle> read = new ArrayList<>();
        try (KlineReader reader = KlineReader.open(file)) {
            while (reader.next()) {
                read.add(reader.candle());
            }
        }
        return read;
    }

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("BTCUSDT-1m-test.csv"), text);
    }

    @Test
    void readsElevenColumnsWithAHeader() throws IOException {
        assertThat(read(csv(KlineFileWriter.HEADER + KlineFileWriter.rows(bars, 11, false))))
                .isEqualTo(bars);
    }

    @Test
    void readsBinancesTwelveColumnsWithoutAHeader() throws IOException {
        assertThat(read(csv(KlineFileWriter.rows(bars, 12, false)))).isEqualTo(bars);
    }

    @Test
    void readsMicroseconds() throws IOException {
        assertThat(read(csv(KlineFileWriter.rows(bars, 12, true)))).isEqualTo(bars);
    }

    @Test
    void readsGzipAndZipWhateverTheirNames() throws IOException {
        String text = KlineFileWriter.rows(bars, 12, false);
        Path gzip = Files.write(folder.resolve("a.csv.gz"), KlineFileWriter.gzip(text));
        Path zip = Files.write(folder.resolve("b.dat"), KlineFileWriter.zip("BTCUSDT-1m-2024-01.csv", text));
        assertThat(read(gzip)).isEqualTo(bars);
        assertThat(read(zip)).isEqualTo(bars);
    }

    @Test
    void readsWindowsLineEndsBlankLinesAByteOrderMarkAndAMissingLastNewline() throws IOException {
        String text = "\uFEFF" + KlineFileWriter.HEADER
                + KlineFileWriter.rows(bars, 11, false).replace("\n", "\r\n") + "\r\n";
        assertThat(read(csv(text.stripTrailing()))).isEqualTo(bars);
    }

    @Test
    void readsDecimalsExactly() throws IOException {
        Candle bar = read(csv(ROW)).getFirst();
        assertThat(bar.quoteVolume()).isEqualByComparingTo("1875978.4426979");
        assertThat(bar.close()).isEqualByComparingTo("46250");
        assertThat(bar.trades()).isEqualTo(796);
    }

    @Test
    void namesFileLineAndProblemOfAFileWithoutAnyCandle() throws IOException {
        Path file = csv("1640995260000,1,2,3\n");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("row on line 1 of kline archive " + file)
                .hasMessageContaining("4 columns")
                .hasMessageContaining("11 or 12 columns")
                .hasMessageContaining("hindcast archive");
    }

    @Test
    void leavesOutAnImpossibleRowWithItsReason() throws IOException {
        assertLeftOut(NEXT.replace("40.57574", "-40.57574"), "volume", "-40.57574", "0 or more");
        assertLeftOut(NEXT.replace("46271.08", "46249.99"), "close", "46250", "at most high 46249.99");
        assertLeftOut(NEXT.replace("46208.37", "0"), "low", "above 0");
        assertLeftOut(NEXT.replace("27.26086", "99"), "takerBuyVolume", "at most volume 40.57574");
        assertLeftOut(NEXT.replace("1640995260000", "1640995260001"), "open time", "1640995260001", "a whole minute");
        assertLeftOut(NEXT.replace("1640995319999", "1640995559999"), "close time", "PT4M59.999S", "within its minute");
        assertLeftOut(NEXT.replace("1640995319999", "1640995200000"), "close time", "before it");
        assertLeftOut(NEXT.replace("1640995260000", "0"), "open_time was '0'", "epoch seconds");
        assertLeftOut(NEXT.replace("796", "many"), "trades", "'many'");
        assertLeftOut(NEXT.replace("46250", "4.6e400"), "close", "'4.6e400'");
        assertLeftOut(NEXT.replace("46250", ""), "close", "''");
        assertLeftOut(NEXT.replace("796,", ""), "expected");
        assertLeftOut("1640995260000,1,2,3\n", "4 columns");
        assertLeftOut("x".repeat(1_000_000) + "\n", "1 column");
    }

    private void assertLeftOut(String row, String... reason) throws IOException {
        String after = ROW.replace("1640995200000", "1640995320000").replace("1640995259999", "1640995379999");
        for (String text : List.of(row + ROW + after, ROW + row + after, ROW + after + row)) {
            try (KlineReader reader = KlineReader.open(csv(text))) {
                List<Long> opened = new ArrayList<>();
                while (reader.next()) {
                    opened.add(reader.openMillis());
                }
                assertThat(opened).as(row).containsExactly(1640995200000L, 1640995320000L);
                assertThat(reader.unusable().count()).isEqualTo(1);
                assertThat(reader.unusable().toString()).contains(reason).contains("line ");
            }
        }
    }

    @Test
    void readsSmallDecimalsWithAnExponent() throws IOException {
        Candle bar = read(csv(ROW.replace("40.57574", "4.057574e+01").replace("27.26086", "1e-05")))
                .getFirst();
        assertThat(bar.volume()).isEqualByComparingTo("40.57574");
        assertThat(bar.takerBuyVolume()).isEqualByComparingTo("0.00001");
    }

    @Test
    void givesUpAtOnceOnAFileWithoutACandle() throws IOException {
        Path file = csv("Dear diary,\ntoday I traded.\n".repeat(1_000_000));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("as in 1,000 of 1,000 rows")
                .hasMessageContaining("2 columns ('Dear diary,')".replace("2 columns", "1 column"));
    }

    @Test
    void refusesAFileWithHardlyAnyCandle() throws IOException {
        String swapped = KlineFileWriter.rows(bars, 12, false)
                .replaceAll("(?m)^(\\d+),([^,]+),([^,]+),([^,]+),", "$1,$2,$4,$3,");
        assertThatThrownBy(() -> read(csv(swapped + NEXT)))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("as in 500 of 501 rows");
    }

    @Test
    void refusesATruncatedGzip() throws IOException {
        byte[] whole = KlineFileWriter.gzip(KlineFileWriter.rows(bars, 12, false));
        Path file = Files.write(folder.resolve("a.csv.gz"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cut off");
    }

    @Test
    void refusesADamagedGzipAndACutZip() throws IOException {
        byte[] gzip = KlineFileWriter.gzip(KlineFileWriter.rows(bars, 12, false));
        for (int i = gzip.length / 2; i < gzip.length / 2 + 64; i++) {
            gzip[i] ^= 0x5a;
        }
        Path damaged = Files.write(folder.resolve("a.csv.gz"), gzip);
        assertThatThrownBy(() -> read(damaged)).isInstanceOf(BadArchiveException.class);
        byte[] zip = KlineFileWriter.zip("a.csv", KlineFileWriter.rows(bars, 12, false));
        Path cut = Files.write(folder.resolve("a.zip"), Arrays.copyOf(zip, zip.length / 2));
        assertThatThrownBy(() -> read(cut))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("damaged or cut off");
    }

    @Test
    void refusesAFolderAMissingAnEmptyAndAnUnrelatedFile() throws IOException {
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("not a file");
        assertThatThrownBy(() -> read(folder.resolve("none.csv"))).hasMessageContaining("not there");
        assertThatThrownBy(() -> read(csv(""))).hasMessageContaining("empty");
        assertThatThrownBy(() -> read(csv(KlineFileWriter.HEADER))).hasMessageContaining("a header without rows");
        assertThatThrownBy(() -> read(csv("Dear diary,\ntoday I traded.\n"))).isInstanceOf(BadArchiveException.class);
        Path named = Files.writeString(folder.resolve("plain.csv.gz"), ROW);
        assertThat(read(named)).as("by content").hasSize(1);
        byte[] noise = new byte[100_000];
        new java.util.Random(7).nextBytes(noise);
        noise[0] = 7;
        Path binary = Files.write(folder.resolve("noise.csv"), noise);
        assertThatThrownBy(() -> read(binary)).isInstanceOf(BadArchiveException.class);
    }
}
