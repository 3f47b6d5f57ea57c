package io.hindcast.ml.parquet;

import io.hindcast.ml.trl.NewsArticle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The articles of a dataset as a Parquet file. */
public final class ArticlesFile {

    private static final int ID = 0;
    private static final int TITLE = 1;
    private static final int BODY = 2;
    private static final int PUBLISHED_AT = 3;
    private static final int FIRST_SEEN_AT = 4;

    private ArticlesFile() {}

    private static MessageType schema() {
        Types.GroupBuilder<MessageType> schema = Types.buildMessage();
        for (String text : List.of("id", "title", "body")) {
            schema.required(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(text);
        }
        return schema.required(PrimitiveTypeName.INT64)
                .named("published_at")
                .required(PrimitiveTypeName.INT64)
                .named("first_seen_at")
                .named("articles");
    }

    /** Writes articles to a new file until closed. */
    public static final class Writer implements AutoCloseable {

        private final TableWriter table;

        public Writer(Path file) {
            table = new TableWriter(file, schema());
        }

        public void add(NewsArticle article) {
            table.write(cells -> {
                cells.put(ID, article.id());
                cells.put(TITLE, article.title());
                cells.put(BODY, article.body());
                cells.put(PUBLISHED_AT, article.publishedAt());
                cells.put(FIRST_SEEN_AT, article.firstSeenAt());
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
     * Returns the articles of a file, in order.
     *
     * @throws IllegalArgumentException if the file has other columns or is damaged
     */
    public static List<NewsArticle> read(Path file) {
        List<NewsArticle> articles = new ArrayList<>();
        TableReader.read(
                file,
                schema(),
                cells -> articles.add(new NewsArticle(
                        cells.getString(ID),
                        cells.getString(TITLE),
                        cells.getString(BODY),
                        cells.getLong(PUBLISHED_AT),
                        cells.getLong(FIRST_SEEN_AT))));
        return articles;
    }
}
