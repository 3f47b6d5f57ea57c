package io.hindcast.ml.parquet;

import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.KnownBar;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Every revision of every bar of a dataset as a Parquet file, with the moment from which it was visible. */
public final class BarsFile {

    private static final List<String> NUMBERS = List.of(
            "open", "high", "low", "close", "volume", "quote_volume", "taker_buy_volume", "taker_buy_quote_volume");
    private static final int OPEN_TIME = 0;
    private static final int REVISION = 1;
    private static final int KNOWN_AT = 2;
    private static final int TRADES = 3;
    private static final int FIRST_NUMBER = 4;

    private BarsFile() {}

    private static MessageType schema() {
        Types.GroupBuilder<MessageType> schema = Types.buildMessage()
                .required(PrimitiveTypeName.INT64)
                .named("open_time")
                .required(PrimitiveTypeName.INT32)
                .named("revision")
                .required(PrimitiveTypeName.INT64)
                .named("known_at")
                .required(PrimitiveTypeName.INT64)
                .named("trades");
        NUMBERS.forEach(name -> schema.required(PrimitiveTypeName.DOUBLE).named(name));
        return schema.named("bars");
    }

    /** Writes bars to a new file until closed. */
    public static final class Writer implements AutoCloseable {

        private final TableWriter table;

        public Writer(Path file) {
            table = new TableWriter(file, schema());
        }

        public void add(KnownBar known) {
            Bar bar = known.bar();
            table.write(cells -> {
                cells.put(OPEN_TIME, bar.openTime());
                cells.put(REVISION, known.revision());
                cells.put(KNOWN_AT, known.knownAt());
                cells.put(TRADES, bar.trades());
                cells.put(FIRST_NUMBER, bar.open());
                cells.put(FIRST_NUMBER + 1, bar.high());
                cells.put(FIRST_NUMBER + 2, bar.low());
                cells.put(FIRST_NUMBER + 3, bar.close());
                cells.put(FIRST_NUMBER + 4, bar.volume());
                cells.put(FIRST_NUMBER + 5, bar.quoteVolume());
                cells.put(FIRST_NUMBER + 6, bar.takerBuyVolume());
                cells.put(FIRST_NUMBER + 7, bar.takerBuyQuoteVolume());
            });
        }

        public long rows() {
            return table.rows();
        }

        @Override
        public void close() {
            table.close();
        }
    }

    /**
     * Passes each bar of a file on, in order.
     *
     * @throws IllegalArgumentException if the file has other columns or is damaged
     */
    public static void read(Path file, Consumer<KnownBar> sink) {
        TableReader.read(
                file,
                schema(),
                cells -> sink.accept(new KnownBar(
                        new Bar(
                                cells.getLong(OPEN_TIME),
                                cells.getDouble(FIRST_NUMBER),
                                cells.getDouble(FIRST_NUMBER + 1),
                                cells.getDouble(FIRST_NUMBER + 2),
                                cells.getDouble(FIRST_NUMBER + 3),
                                cells.getDouble(FIRST_NUMBER + 4),
                                cells.getDouble(FIRST_NUMBER + 5),
                                cells.getLong(TRADES),
                                cells.getDouble(FIRST_NUMBER + 6),
                                cells.getDouble(FIRST_NUMBER + 7)),
                        cells.getInt(REVISION),
                        cells.getLong(KNOWN_AT))));
    }
}
