package io.hindcast.app.cli;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.hindcast.simulator.tape.TapeDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Writes generated markets and articles as archive files. */
public final class GeneratedArchive {

    public static final LocalDate FIRST = LocalDate.parse("2024-03-01");

    private GeneratedArchive() {}

    /** Writes candles of a number of days, beginning with {@link #FIRST}. */
    public static Path write(Path folder, int days) throws IOException {
        SyntheticTape tape = new SyntheticTape(new Symbol("TESTUSDT"), 7, FIRST);
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < days; i++) {
            TapeDay day = tape.day(FIRST.plusDays(i));
            if (day == null) {
                throw new AssertionError("a generated market has every day");
            }
            for (int row = 0; row < day.size(); row++) {
                append(csv, day.candle(row));
            }
        }
        return Files.writeString(folder.resolve("testusdt-1m-generated.csv"), csv);
    }

    private static void append(StringBuilder csv, Candle c) {
        long opened = c.openTime().toEpochMilli();
        csv.append(opened)
                .append(',')
                .append(c.open().toPlainString())
                .append(',')
                .append(c.high().toPlainString())
                .append(',')
                .append(c.low().toPlainString())
                .append(',')
                .append(c.close().toPlainString())
                .append(',')
                .append(c.volume().toPlainString())
                .append(',')
                .append(opened + 59_999)
                .append(',')
                .append(c.quoteVolume().toPlainString())
                .append(',')
                .append(c.trades())
                .append(',')
                .append(c.takerBuyVolume().toPlainString())
                .append(',')
                .append(c.takerBuyQuoteVolume().toPlainString())
                .append('\n');
    }

    /** Writes an article for every twenty minutes of the same days, as JSON lines. */
    public static Path writeNews(Path folder, int days) throws IOException {
        String[] subjects = {"Bitcoin", "The market", "Ether", "An exchange"};
        String[] verbs = {"soars", "crashes", "rests", "surprises", "recovers"};
        String[] reasons = {"after a ruling", "before the halving", "on thin volume", "as miners sell", "as funds buy"};
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < days * 72; i++) {
            lines.append("{\"timestamp\":\"")
                    .append(FIRST.atStartOfDay(ZoneOffset.UTC)
                            .plusMinutes(20L * i + 7)
                            .toInstant())
                    .append("\",\"title\":\"")
                    .append(subjects[i % 4])
                    .append(' ')
                    .append(verbs[i * 7 % 5])
                    .append("\",\"summary\":\"It did so ")
                    .append(reasons[i * 3 % 5])
                    .append(".\",\"url\":\"https://news.example/")
                    .append(i)
                    .append("\"}\n");
        }
        return Files.writeString(folder.resolve("news.jsonl"), lines);
    }
}
