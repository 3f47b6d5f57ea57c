package io.hindcast.ml.parquet;

import io.hindcast.ml.dataset.RowSink;
import io.hindcast.ml.feature.FeatureSet;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * The rows of a dataset as a Parquet file: {@code open_time} (epoch milliseconds), {@code context} (bars of the longest
 * window), {@code label} (class number; absent for bars in windows only), {@code next_return}, {@code previous_return},
 * and a column for each feature.
 */
public final class RowsFile {

    private static final int OPEN_TIME = 0;
    private static final int CONTEXT = 1;
    private static final int LABEL = 2;
    private static final int NEXT_RETURN = 3;
    private static final int PREVIOUS_RETURN = 4;
    private static final int FIRST_FEATURE = 5;

    private RowsFile() {}

    private static MessageType schema(FeatureSet features) {
        Types.GroupBuilder<MessageType> schema = Types.buildMessage()
                .required(PrimitiveTypeName.INT64)
                .named("open_time")
                .required(PrimitiveTypeName.INT32)
                .named("context")
                .optional(PrimitiveTypeName.INT32)
                .named("label")
                .required(PrimitiveTypeName.DOUBLE)
                .named("next_return")
                .required(PrimitiveTypeName.DOUBLE)
                .named("previous_return");
        features.names()
                .forEach(name -> schema.required(PrimitiveTypeName.DOUBLE).named("feature_" + name));
        return schema.named("rows");
    }

    /** Writes rows to a new file until closed. */
    public static final class Writer implements RowSink, AutoCloseable {

        private final TableWriter table;

        public Writer(Path file, FeatureSet features) {
            table = new TableWriter(file, schema(features));
        }

        @Override
        public void accept(Row row) {
            table.write(cells -> {
                cells.put(OPEN_TIME, row.openTime());
                cells.put(CONTEXT, row.context());
                row.label().ifPresent(label -> cells.put(LABEL, label));
                cells.put(NEXT_RETURN, row.nextReturn());
                cells.put(PREVIOUS_RETURN, row.previousReturn());
                double[] features = row.features();
                for (int i = 0; i < features.length; i++) {
                    cells.put(FIRST_FEATURE + i, features[i]);
                }
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
     * Passes each row of a file on, in order.
     *
     * @param features set whose features the file has
     * @throws IllegalArgumentException if the file has other columns or is damaged
     */
    public static void read(Path file, FeatureSet features, RowSink sink) {
        double[] values = new double[features.size()];
        TableReader.read(file, schema(features), cells -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = cells.getDouble(FIRST_FEATURE + i);
            }
            sink.accept(new RowSink.Row(
                    cells.getLong(OPEN_TIME),
                    values,
                    cells.getInt(CONTEXT),
                    cells.has(LABEL) ? OptionalInt.of(cells.getInt(LABEL)) : OptionalInt.empty(),
                    cells.getDouble(NEXT_RETURN),
                    cells.getDouble(PREVIOUS_RETURN)));
        });
    }
}
