package io.hindcast.simulator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.hindcast.simulator.tape.TapeDay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms in which other tools write klines: unambiguous ones are read, all others refused with a remedy. */
class KlineFormsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);
    private static final String BINANCES_HEADER =
            "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n";

    @TempDir
    Path folder;

    private final List<Candle> bars = Objects.requireNonNull(new SyntheticTape(BTC, 1, DAY).day(DAY))
            .candles(0, Long.MAX_VALUE)
            .subList(0, 120);
    private final String rows = KlineFileWriter.rows(bars, 12, false);

    private ArchiveTape open(byte[] content) throws IOException {
        return ArchiveTape.open(BTC, Files.write(folder.resolve("BTCUSDT-1m-x.csv"), content));
    }

    private void assertRead(byte[] content) throws IOException {
        ArchiveTape tape = open(content);
        TapeDay day = Objects.requireNonNull(tape.day(DAY));
        assertThat(day.candles(0, Long.MAX_VALUE)).isEqualTo(bars);
        assertThat(tape.bars()).isEqualTo(bars.size());
        assertThat(tape.unusable().count()).isZero();
    }

    private void assertRead(String text) throws IOException {
        assertRead(text.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String text, String... parts) {
        assertThatThrownBy(() -> open(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadArchiveException.class)
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }

    /** Returns rows with each cell of some columns changed. */
    private String changed(Map<Integer, UnaryOperator<String>> columns) {
        return rows.lines()
                .map(line -> {
                    String[] cells = line.split(",", -1);
                    columns.forEach((column, change) -> cells[column] = change.apply(cells[column]));
                    return String.join(",", cells) + "\n";
                })
                .collect(Collectors.joining());
    }

    private String times(UnaryOperator<String> change) {
        return changed(Map.of(0, change, 6, change));
    }

    private static String iso(String millis) {
        return java.time.Instant.ofEpochMilli(Long.parseLong(millis)).toString();
    }

    private String eachLine(UnaryOperator<String> change) {
        return rows.lines().map(line -> change.apply(line) + "\n").collect(Collectors.joining());
    }

    @Test
    void readsAnyRecognizableEncoding() throws IOException {
        String text = BINANCES_HEADER + rows;
        for (var encoding : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertRead(text.getBytes(encoding));
            assertRead(("\uFEFF" + text.replace("\n", "\r\n")).getBytes(encoding));
            assertRead(rows.getBytes(encoding));
        }
    }

    @Test
    void readsOtherSeparatorsQuotesAndSpaces() throws IOException {
        for (String separator : List.of(";", "\t", "|", " , ")) {
            assertRead((BINANCES_HEADER + rows).replace(",", separator));
            assertRead(rows.replace(",", separator));
        }
        assertRead(rows.replaceAll("[^,\n]+", "\"$0\""));
        assertRead((BINANCES_HEADER + rows).replaceAll("[^,\n]+", "\"$0\""));
        assertRead(eachLine(line -> line + ","));
    }

    @Test
    void readsRowsInAnyOrder() throws IOException {
        List<String> lines = new ArrayList<>(rows.lines().toList());
        Collections.reverse(lines);
        assertRead(String.join("\n", lines));
        Collections.shuffle(lines, new Random(7));
        assertRead(String.join("\n", lines));
    }

    @Test
    void readsAnyUnitOfTimeAndDatesWithAZone() throws IOException {
        assertRead(times(millis -> millis.substring(0, 10)));
        assertRead(times(millis -> millis + "000"));
        assertRead(times(millis -> millis + "000000"));
        assertRead(times(millis -> millis + ".0"));
        assertRead(times(KlineFormsTest::iso));
        assertRead(times(millis -> iso(millis).replace("T", " ").replace("Z", "+00:00")));
        assertRead(times(millis -> iso(millis).replace("T", " ").replace("Z", " UTC")));
        assertRead(times(millis -> java.time.Instant.ofEpochMilli(Long.parseLong(millis))
                .atOffset(java.time.ZoneOffset.ofHours(5))
                .toString()));
    }

    @Test
    void readsColumnsByTheNamesOfAHeaderInAnyOrder() throws IOException {
        String header = "Number of trades,Close,Low,High,Open,Taker buy quote asset volume,Taker buy base asset volume,"
                + "Quote asset volume,Volume,Open time\n";
        int[] order = {8, 4, 3, 2, 1, 10, 9, 7, 5, 0};
        assertRead(header
                + eachLine(line -> {
                    String[] cells = line.split(",", -1);
                    return IntStream.of(order).mapToObj(i -> cells[i]).collect(Collectors.joining(","));
                }));
    }

    @Test
    void skipsRowNumbersCommentsAndRepeatedHeaders() throws IOException {
        int[] number = {0};
        String numbered = eachLine(line -> number[0]++ + "," + line);
        assertRead("," + BINANCES_HEADER + numbered);
        assertRead(numbered);
        assertRead("# made by hand\nhttps://www.example.com/data\n" + BINANCES_HEADER + "\n" + rows);
        String half = KlineFileWriter.rows(bars.subList(0, 60), 12, false);
        String rest = KlineFileWriter.rows(bars.subList(60, 120), 12, false);
        assertRead(BINANCES_HEADER + half + BINANCES_HEADER + rest);
        assertRead(half + BINANCES_HEADER + rest);
        assertRead(KlineFileWriter.rows(bars.subList(0, 60), 11, true) + rest);
    }

    @Test
    void readsSavedAnswersOfTheExchange() throws IOException {
        String json = rows.lines()
                .map(line -> "[" + line.replaceAll("[^,]+", "\"$0\"") + "]")
                .collect(Collectors.joining(", ", "[", "]"));
        assertRead(json);
        assertRead(json.replace("], [", "],\n  ["));
        assertRead("\uFEFF" + json);
    }

    @Test
    void readsTheOneCsvOfAZipDespiteFilesOfMacOs() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name :
                    List.of("a/", "a/BTCUSDT-1m-2024-01.CSV", "__MACOSX/a/._BTCUSDT-1m-2024-01.CSV", "a/._x.csv")) {
                zip.putNextEntry(new ZipEntry(name));
                if (name.endsWith("1.CSV") && !name.startsWith("__")) {
                    zip.write(rows.getBytes(StandardCharsets.UTF_8));
                } else if (!name.endsWith("/")) {
                    zip.write(new byte[] {0, 5, 22, 7});
                }
            }
        }
        assertRead(out.toByteArray());
        Path unnamed = Files.write(folder.resolve("repacked.ZIP"), out.toByteArray());
        assertThat(ArchiveTape.open(unnamed).symbol()).isEqualTo(BTC);
    }

    @Test
    void refusesAZipWithSeveralFilesWithARemedy() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of("BTCUSDT-1m-2024-01.csv", "ETHUSDT-1m-2024-01.csv")) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
        assertThatThrownBy(() -> open(out.toByteArray()))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("a zip with 2 csv files (BTCUSDT-1m-2024-01.csv and others)")
                .hasMessageContaining("unpack it");
    }

    @Test
    void refusesRowsThatLackValuesOfACandle() {
        String six = "timestamp,open,high,low,close,volume\n"
                + eachLine(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 6)));
        assertRefused(
                six, "line 1 of", "without quote_volume, trades, taker_buy_base, taker_buy_quote", "hindcast archive");
        assertRefused(six.substring(six.indexOf('\n') + 1), "6 columns", "as in 120 of 120 rows", "hindcast archive");
        assertRefused(
                "[[1704067200000, 1, 1, 1, 1, 1], [1704067260000, 1, 1, 1, 1, 1]]", "6 columns", "11 or 12 columns");
    }

    @Test
    void refusesAmbiguousTimes() {
        assertRefused(
                times(millis -> iso(millis).replace("T", " ").replace("Z", "")),
                "a time without a zone",
                "like 2024-03-01T00:00:00Z");
        assertRefused(
                times(millis -> "1.70407E+12"),
                "'1.70407E+12', rounded by a spreadsheet",
                "format the column as whole numbers");
        assertRefused(BINANCES_HEADER + times(millis -> "01.03.2024 00:00"), "'01.03.2024 00:00'");
    }

    @Test
    void refusesNumbersWithADecimalComma() {
        assertRefused(rows.replace(",", ";").replace(".", ","), "open on line 1", "with a point");
    }

    @Test
    void refusesRowsOfTwoMarkets() {
        String header = "symbol," + BINANCES_HEADER;
        int[] line = {0};
        assertRefused(
                header + eachLine(row -> (line[0]++ < 60 ? "BTC/USDT," : "ETHUSDT,") + row),
                "of ETHUSDT, after rows of BTCUSDT",
                "one market in a file");
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, 1 second (1s)",
        "PT3M, 3 minutes (3m)",
        "PT5M, 5 minutes (5m)",
        "PT15M, 15 minutes (15m)",
        "PT1H, 1 hour (1h)",
        "PT4H, 4 hours (4h)",
        "PT24H, 1 day (1d)",
        "P7D, 1 week (1w)"
    })
    void refusesAnotherIntervalByItsNameWithCloseTimesAndWithout(Duration interval, String name) {
        String header = "open_time,open,high,low,close,volume,quote_volume,trades,taker_buy_base,taker_buy_quote\n";
        StringBuilder with = new StringBuilder();
        StringBuilder without = new StringBuilder(header);
        for (int i = 0; i < 400; i++) {
            long opened = 1_704_067_200_000L + i * interval.toMillis();
            with.append(opened)
                    .append(",100,110,90,105,5,")
                    .append(opened + interval.toMillis() - 1)
                    .append(",500,3,1,100,0\n");
            without.append(opened).append(",100,110,90,105,5,500,3,1,100\n");
        }
        assertRefused(with.toString(), "candles of " + name, "one-minute candles (1m)");
        assertRefused(without.toString(), "candles of " + name, "one-minute candles (1m)");
        assertRefused(with.substring(0, with.indexOf("\n") + 1), "candles of " + name, "one-minute candles (1m)");
    }

    @Test
    void refusesMonths() {
        StringBuilder text = new StringBuilder();
        for (LocalDate month = LocalDate.of(2020, 1, 1); month.getYear() < 2024; month = month.plusMonths(1)) {
            text.append(millis(month))
                    .append(",100,110,90,105,5,")
                    .append(millis(month.plusMonths(1)) - 1)
                    .append(",500,3,1,100,0\n");
        }
        assertRefused(text.toString(), "candles of 1 month (1mo)");
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay(java.time.ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    @Test
    void readsMinutesOfAMarketWithFewTrades() throws IOException {
        String header = "open_time,open,high,low,close,volume,quote_volume,trades,taker_buy_base,taker_buy_quote\n";
        StringBuilder text = new StringBuilder(header);
        Random random = new Random(3);
        int written = 0;
        for (int minute = 0; minute < 1440; minute++) {
            if (random.nextInt(4) == 0) {
                text.append(1_704_067_200_000L + minute * 60_000L).append(",100,110,90,105,5,500,3,1,100\n");
                written++;
            }
        }
        assertThat(open(text.toString().getBytes(StandardCharsets.UTF_8)).bars())
                .isEqualTo(written);
    }
}
