package io.hindcast.ml.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** Reads a table that {@link TableWriter} wrote, row group by row group, without Hadoop. */
final class TableReader {

    private TableReader() {}

    /** Reads the cells of a row, each once and in any order. */
    @FunctionalInterface
    interface Row {
        void readFrom(Cells cells);
    }

    /**
     * Passes each row of a file on, in order.
     *
     * @param schema expected columns
     * @throws IllegalArgumentException if the file has other columns or is damaged
     */
    static void read(Path file, MessageType schema, Row row) {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Uncompressed())
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            MessageType found = reader.getFileMetaData().getSchema();
            if (!found.getFields().equals(schema.getFields())) {
                throw new IllegalArgumentException(file.getFileName() + " has the columns " + found.getFields()
                        + ", expected " + schema.getFields());
            }
            String createdBy = reader.getFileMetaData().getCreatedBy();
            for (PageReadStore group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                ColumnReadStoreImpl store = new ColumnReadStoreImpl(group, new Unconverted(), schema, createdBy);
                Cells cells = new Cells(schema, store);
                for (long n = group.getRowCount(); n > 0; n--) {
                    row.readFrom(cells);
                    cells.next();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e instanceof IllegalArgumentException known
                    ? known
                    : new IllegalArgumentException(file.getFileName() + " is no readable Parquet file: " + e, e);
        }
    }

    /** The values of one row. */
    static final class Cells {

        private final ColumnReader[] columns;
        private final int[] defined;

        private Cells(MessageType schema, ColumnReadStoreImpl store) {
            List<ColumnDescriptor> descriptors = schema.getColumns();
            columns = descriptors.stream().map(store::getColumnReader).toArray(ColumnReader[]::new);
            defined = descriptors.stream()
                    .mapToInt(ColumnDescriptor::getMaxDefinitionLevel)
                    .toArray();
        }

        boolean has(int column) {
            return columns[column].getCurrentDefinitionLevel() == defined[column];
        }

        long getLong(int column) {
            return columns[column].getLong();
        }

        int getInt(int column) {
            return columns[column].getInteger();
        }

        double getDouble(int column) {
            return columns[column].getDouble();
        }

        String getString(int column) {
            return columns[column].getBinary().toStringUsingUTF8();
        }

        private void next() {
            for (ColumnReader column : columns) {
                column.consume();
            }
        }
    }

    /** Values are read from the columns, not converted to records. */
    private static final class Unconverted extends GroupConverter {

        @Override
        public Converter getConverter(int field) {
            return new PrimitiveConverter() {};
        }

        @Override
        public void start() {
            // No record is made.
        }

        @Override
        public void end() {
            // No record is made.
        }
    }
}
