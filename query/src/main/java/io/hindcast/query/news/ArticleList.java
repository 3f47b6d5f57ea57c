package io.hindcast.query.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticlePage;
import io.hindcast.api.news.ArticleReaction;
import io.hindcast.api.news.ArticleScore;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.ArticleView;
import io.hindcast.api.news.FindArticle;
import io.hindcast.api.news.FindArticles;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.SnippetPart;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import io.hindcast.query.Page;
import io.hindcast.query.QueryArguments;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads articles: first a page by an index, then the symbols, scores and reactions of that page. */
final class ArticleList {

    private static final Instant BEGINNING_OF_TIME = Instant.EPOCH;
    /** Sorts after every article id. */
    private static final String AFTER_ALL = "~";

    private static final String COLUMNS = """
            a.article, a.url, a.channel, a.source, a.title, a.summary, a.published_at, a.published_certainty,
            a.first_seen_at, a.revision, a.duplicate_of, a.similarity""";

    private static final String CONDITIONS = """
            i.published_at >= ? and i.published_at < ? and (? or a.duplicate_of is null)
            and (?::text is null or a.source = ?::text)
            """;

    private final ReadModelReader readModel;

    ArticleList(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    /** A position in a list, which is ordered by descending rank, time and article id. */
    private record Position(double rank, Instant publishedAt, String article) {

        static Position parse(String text) {
            String[] parts = text.split("\\|", -1);
            return new Position(
                    Double.longBitsToDouble(Long.parseLong(parts[0])),
                    BEGINNING_OF_TIME.plus(Long.parseLong(parts[1]), ChronoUnit.MICROS),
                    new ArticleId(parts[2]).toString());
        }

        String text() {
            return Double.doubleToLongBits(rank) + "|" + ChronoUnit.MICROS.between(BEGINNING_OF_TIME, publishedAt) + "|"
                    + article;
        }
    }

    private record Found(Position position, ArticleView article) {}

    ArticlePage page(FindArticles query) {
        Position after = Page.position(query.after(), Position::parse)
                .orElse(new Position(2, QueryArguments.END_OF_TIME, AFTER_ALL));
        return readModel.read(query.asOf(), tables -> {
            List<Found> found = query.text()
                    .map(text -> search(tables, query, text, after))
                    .orElseGet(() -> newest(tables, query, after));
            Page<Found> page = Page.of(found, query.first(), row -> row.position.text());
            return new ArticlePage(
                    completed(tables, page.rows().stream().map(Found::article).toList()),
                    page.cursors(),
                    page.hasNext());
        });
    }

    Optional<ArticleView> one(FindArticle query) {
        return readModel.read(
                query.asOf(),
                tables -> completed(
                                tables,
                                tables.list(
                                        "select " + COLUMNS + ", a.body from @article a where a.article = ?",
                                        row -> article(row, Optional.ofNullable(row.getString(13)), List.of()),
                                        query.articleId().toString()))
                        .stream()
                        .findFirst());
    }

    /** Returns the table whose index gives the order by time: of one symbol's articles, or of all articles. */
    private static String source(FindArticles query) {
        return query.symbol().isPresent()
                ? "@article_symbol i join @article a on a.article = i.article where i.symbol = ? and "
                : "@article i join @article a on a.article = i.article where ";
    }

    private static List<Object> parameters(FindArticles query) {
        List<Object> parameters = new ArrayList<>();
        query.symbol().map(Symbol::value).ifPresent(parameters::add);
        parameters.add(query.from().orElse(BEGINNING_OF_TIME));
        parameters.add(query.to().orElse(QueryArguments.END_OF_TIME));
        parameters.add(query.repetitions());
        parameters.add(query.source());
        parameters.add(query.source());
        return parameters;
    }

    private static List<Found> newest(TableReader tables, FindArticles query, Position after) {
        List<Object> parameters = parameters(query);
        parameters.add(after.publishedAt);
        parameters.add(after.article);
        parameters.add(query.first() + 1);
        return tables.list(
                "select " + COLUMNS + " from " + source(query) + CONDITIONS + """
                and (i.published_at, i.article) < (?, ?::text collate "C")
                order by i.published_at desc, i.article desc limit ?
                """,
                row -> found(0, article(row, Optional.empty(), List.of())),
                parameters.toArray());
    }

    /**
     * Finds articles by words. The words are marked in the articles of the page only, since that reads their whole
     * texts.
     */
    private static List<Found> search(TableReader tables, FindArticles query, String text, Position after) {
        List<Object> parameters = new ArrayList<>();
        parameters.add(Snippets.OPTIONS);
        parameters.add(text);
        parameters.addAll(parameters(query));
        parameters.add(after.rank);
        parameters.add(after.publishedAt);
        parameters.add(after.article);
        parameters.add(query.first() + 1);
        return tables.list(
                "select " + COLUMNS + """
                , a.rank,
                ts_headline('pg_catalog.english', concat_ws(' — ', a.title, nullif(a.summary, ''), a.body), a.words, ?)
                from (
                    select a.*, q.words, ts_rank(a.search, q.words)::float8 as rank
                    from websearch_to_tsquery('pg_catalog.english', ?) as q (words),""" + source(query) + CONDITIONS + """
                    and a.search @@ q.words
                    and (ts_rank(a.search, q.words)::float8, i.published_at, i.article) < (?, ?, ?::text collate "C")
                    order by rank desc, i.published_at desc, i.article desc limit ?
                ) a
                order by a.rank desc, a.published_at desc, a.article desc
                """,
                row -> found(row.getDouble(13), article(row, Optional.empty(), Snippets.parts(row.getString(14)))),
                parameters.toArray());
    }

    private static Found found(double rank, ArticleView article) {
        return new Found(
                new Position(rank, article.published().at(), article.articleId().toString()), article);
    }

    private static ArticleView article(ResultSet row, Optional<String> body, List<SnippetPart> snippet)
            throws SQLException {
        @Nullable String original = row.getString(11);
        return new ArticleView(
                new ArticleId(row.getString(1)),
                new ArticleUrl(row.getString(2)),
                row.getString(3),
                row.getString(4),
                List.of(),
                row.getString(5),
                row.getString(6),
                body,
                new PublishedTime(TableReader.time(row, 7), PublishedTime.Certainty.valueOf(row.getString(8))),
                TableReader.time(row, 9),
                row.getInt(10),
                original == null
                        ? Optional.empty()
                        : Optional.of(new NearDuplicate(new ArticleId(original), row.getDouble(12))),
                List.of(),
                List.of(),
                snippet);
    }

    /** Returns the articles with their symbols, scores and reactions. */
    private static List<ArticleView> completed(TableReader tables, List<ArticleView> articles) {
        if (articles.isEmpty()) {
            return articles;
        }
        List<String> ids =
                articles.stream().map(article -> article.articleId().toString()).toList();
        Map<String, List<Symbol>> symbols = new HashMap<>();
        tables.each(
                "select article, symbol from @article_symbol where article = any (?::text[]) order by article, symbol",
                row -> symbols.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new Symbol(row.getString(2))),
                ids);
        Map<String, List<ArticleScore>> scores = new HashMap<>();
        tables.each(
                """
                select distinct on (s.article, s.version) s.article, s.version, v.slot, s.reading, s.sell, s.hold, s.buy, s.origin,
                       s.recorded_at
                from @article_score s left join @model_version v on v.version = s.version
                where s.article = any (?::text[])
                order by s.article, s.version, s.reading desc
                """,
                row -> scores.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(score(row)),
                ids);
        scores.values().forEach(list -> list.sort(Comparator.comparing(ArticleScore::version)));
        Map<String, List<ArticleReaction>> reactions = new HashMap<>();
        tables.each(
                """
                select article, symbol, percent, signal, window_minutes, measured_at from @article_reaction
                where article = any (?::text[]) order by article, symbol
                """,
                row -> reactions
                        .computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new ArticleReaction(
                                new Symbol(row.getString(2)),
                                row.getDouble(3),
                                Signal.valueOf(row.getString(4)),
                                row.getInt(5),
                                TableReader.time(row, 6))),
                ids);
        return articles.stream()
                .map(article -> {
                    String id = article.articleId().toString();
                    return article.with(
                            symbols.getOrDefault(id, List.of()),
                            scores.getOrDefault(id, List.of()),
                            reactions.getOrDefault(id, List.of()));
                })
                .toList();
    }

    private static ArticleScore score(ResultSet row) throws SQLException {
        @Nullable String slot = row.getString(3);
        return new ArticleScore(
                VersionId.parse(row.getString(2)),
                Optional.ofNullable(slot).map(Slot::valueOf),
                row.getInt(4),
                new Probabilities(row.getDouble(5), row.getDouble(6), row.getDouble(7)),
                PredictionOrigin.valueOf(row.getString(8)),
                TableReader.time(row, 9));
    }
}
