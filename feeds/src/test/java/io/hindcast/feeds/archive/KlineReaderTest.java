package io.hindcast.feeds.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.synthetic.SyntheticTape;
import io.hindcast.feeds.tape.TapeDay;
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
    void readsGzipAndZipWhateverTheyAreCalled() throws IOException {
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
    void namesFileLineAndWhatIsWrongWithTheColumns() throws IOException {
        Path file = csv(ROW + "1640995260000,1,2,3\n");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("line 2 of kline archive " + file)
                .hasMessageContaining("4 columns")
                .hasMessageContaining("11 or 12 columns");
    }

    @Test
    void namesTheColumnAndTheValueOfANegativeVolume() throws IOException {
        Path file = csv(ROW + NEXT.replace("40.57574", "-40.57574"));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("volume on line 2 of kline archive " + file)
                .hasMessageContaining("'-40.57574'")
                .hasMessageContaining("0 or more");
    }

    @Test
    void refusesReversedAndRepeatedTimes() throws IOException {
        assertThatThrownBy(() -> read(csv(NEXT + ROW)))
                .hasMessageContaining("open_time on line 2")
                .hasMessageContaining("later than 2022-01-01T00:01:00Z");
        assertThatThrownBy(() -> read(csv(ROW + ROW))).hasMessageContaining("later than 2022-01-01T00:00:00Z");
    }

    @Test
    void refusesATimeThatIsNoWholeMinute() {
        assertThatThrownBy(() -> read(csv(ROW.replace("1640995200000", "1640995200001"))))
                .hasMessageContaining("open_time on line 1")
                .hasMessageContaining("a whole minute");
    }

    @Test
    void refusesPricesThatNoMarketCouldHaveMade() {
        assertThatThrownBy(() -> read(csv(ROW.replace("46271.08", "46249.99"))))
                .hasMessageContaining("close on line 1")
                .hasMessageContaining("at most high 46249.99");
        assertThatThrownBy(() -> read(csv(ROW.replace("46208.37", "0")))).hasMessageContaining("above 0");
        assertThatThrownBy(() -> read(csv(ROW.replace("27.26086", "99"))))
                .hasMessageContaining("taker_buy_base on line 1")
                .hasMessageContaining("at most volume 40.57574");
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> read(csv(ROW.replace("796", "many"))))
                .hasMessageContaining("trades on line 1")
                .hasMessageContaining("'many'");
        assertThatThrownBy(() -> read(csv(ROW.replace("46250", "4.6e4")))).hasMessageContaining("close on line 1");
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
    void refusesWhatIsNoFileNotThereEmptyOrSomethingElse() throws IOException {
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("not a file");
        assertThatThrownBy(() -> read(folder.resolve("none.csv"))).hasMessageContaining("not there");
        assertThatThrownBy(() -> read(csv(""))).hasMessageContaining("empty");
        assertThatThrownBy(() -> read(csv(KlineFileWriter.HEADER))).hasMessageContaining("a header without rows");
        assertThatThrownBy(() -> read(csv("Dear diary,\ntoday I traded.\n"))).isInstanceOf(BadArchiveException.class);
        Path named = Files.writeString(folder.resolve("plain.csv.gz"), ROW);
        assertThatThrownBy(() -> read(named)).hasMessageContaining("not compressed as its name says");
        byte[] noise = new byte[100_000];
        new java.util.Random(7).nextBytes(noise);
        noise[0] = 7;
        Path binary = Files.write(folder.resolve("noise.csv"), noise);
        assertThatThrownBy(() -> read(binary)).isInstanceOf(BadArchiveException.class);
    }
}
