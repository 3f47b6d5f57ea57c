package io.hindcast.simulator.archive;

import io.hindcast.api.market.Candle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes kline files in all supported forms. */
public final class KlineFileWriter {

    public static final String HEADER =
            "open_time,open,high,low,close,volume,close_time,quote_volume,trades," + "taker_buy_base,taker_buy_quote\n";

    private KlineFileWriter() {}

    public static String rows(List<Candle> bars, int columns, boolean micros) {
        StringBuilder out = new StringBuilder();
        for (Candle bar : bars) {
            long open = bar.openTime().toEpochMilli();
            out.append(micros ? open * 1000 : open)
                    .append(',')
                    .append(bar.open().toPlainString())
                    .append(',')
                    .append(bar.high().toPlainString())
                    .append(',')
                    .append(bar.low().toPlainString())
                    .append(',')
                    .append(bar.close().toPlainString())
                    .append(',')
                    .append(bar.volume().toPlainString())
                    .append(',')
                    .append(micros ? open * 1000 + 59_999_999 : open + 59_999)
                    .append(',')
                    .append(bar.quoteVolume().toPlainString())
                    .append(',')
                    .append(bar.trades())
                    .append(',')
                    .append(bar.takerBuyVolume().toPlainString())
                    .append(',')
                    .append(bar.takerBuyQuoteVolume().toPlainString())
                    .append(columns == 12 ? ",0\n" : "\n");
        }
        return out.toString();
    }

    public static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    public static byte[] zip(String entry, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    public static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }
}
