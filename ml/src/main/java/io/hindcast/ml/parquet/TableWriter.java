package io.hindcast.ml.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table to a Parquet file, row by row, without Hadoop and in bounded memory: a row group is written out once
 * it has {@value #ROW_GROUP} bytes. The same rows give the same bytes.
 */
final class TableWriter implements AutoCloseable {

    private static final long ROW_GROUP = 4L << 20;
    private static final int PAGE = 64 << 10;

    private final ParquetWriter<Row> writer;
    private long rows;

    /** Writes the cells of a row, in the order of the columns; a column without a value is left out. */
    @FunctionalInterface
    interface Row {
        void writeTo(Cells cells);
    }

    /** Creates a file; an existing one is refused. */
    TableWriter(Path file, MessageType schema) {
        try {
            writer = new Builder(new LocalOutputFile(file), schema)
                    .withConf(new PlainParquetConfiguration())
                    .withCodecFactory(new Uncompressed())
                    .withWriterVersion(WriterVersion.PARQUET_1_0)
                    .withDictionaryEncoding(false)
                    .withRowGroupSize(ROW_GROUP)
                    .withPageSize(PAGE)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Row row) {
        try {
            writer.write(row);
            rows++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of rows written so far. */
    long rows() {
        return rows;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives the values of one row. */
    static final class Cells {

        private final RecordConsumer consumer;
        private final MessageType schema;

        private Cells(RecordConsumer consumer, MessageType schema) {
            this.consumer = consumer;
            this.schema = schema;
        }

        void put(int column, long value) {
            begin(column);
            consumer.addLong(value);
            end(column);
        }

        void put(int column, int value) {
            begin(column);
            consumer.addInteger(value);
            end(column);
        }

        void put(int column, double value) {
            begin(column);
            consumer.addDouble(value);
            end(column);
        }

        void put(int column, String value) {
            begin(column);
            consumer.addBinary(Binary.fromString(value));
            end(column);
        }

        private void begin(int column) {
            consumer.startField(schema.getFieldName(column), column);
        }

        private void end(int column) {
            consumer.endField(schema.getFieldName(column), column);
        }
    }

    private static final class Support extends WriteSupport<Row> {

        private final MessageType schema;
        private @Nullable RecordConsumer consumer;

        Support(MessageType schema) {
            this.schema = schema;
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        @SuppressWarnings("deprecation") // abstract in the superclass
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(Row row) {
            RecordConsumer to = consumer;
            if (to == null) {
                throw new IllegalStateException("a row before the file was begun");
            }
            to.startMessage();
            row.writeTo(new Cells(to, schema));
            to.endMessage();
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {

        private final MessageType schema;

        Builder(OutputFile file, MessageType schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
            return new Support(schema);
        }

        @Override
        @SuppressWarnings("deprecation") // abstract in the superclass
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return new Support(schema);
        }
    }
}
