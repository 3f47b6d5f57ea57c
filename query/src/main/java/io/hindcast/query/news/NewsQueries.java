package io.hindcast.query.news;

import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticlePage;
import io.hindcast.api.news.ArticleView;
import io.hindcast.api.news.FindArticle;
import io.hindcast.api.news.FindArticles;
import io.hindcast.api.news.FindNewsProgress;
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.news.FindUnmeasuredArticles;
import io.hindcast.api.news.SentimentChart;
import io.hindcast.api.news.UnmeasuredArticle;
import io.hindcast.api.news.UnmeasuredArticles;
import io.hindcast.query.QueryArguments;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;

/** Query handlers for articles and sentiment. */
public final class NewsQueries {

    private static final int MAX_PAGE = 500;
    private static final int MAX_TEXT_LENGTH = 200;
    private static final Instant BEGINNING_OF_TIME = Instant.EPOCH;

    private final ReadModelReader readModel;
    private final SentimentCharts charts;

    public NewsQueries(ReadModelReader readModel) {
        this.readModel = readModel;
        this.charts = new SentimentCharts(readModel);
    }

    @QueryHandler
    public ArticlePage handle(FindArticles query) {
        QueryArguments.requireRange("first", query.first(), 1, MAX_PAGE);
        query.from().ifPresent(from -> query.to().ifPresent(to -> QueryArguments.requirePeriod(from, to)));
        query.text().filter(text -> text.length() > MAX_TEXT_LENGTH).ifPresent(text -> {
            throw RefusedException.of(
                    "OUT_OF_RANGE", "text", text.length() + " characters", "at most " + MAX_TEXT_LENGTH);
        });
        query.text().filter(text -> text.indexOf('\0') >= 0).ifPresent(text -> {
            throw RefusedException.of("BAD_TEXT", "text", "one with the character U+0000", "words");
        });
        return new ArticleList(readModel).page(query);
    }

    @QueryHandler
    public Optional<ArticleView> handle(FindArticle query) {
        return new ArticleList(readModel).one(query);
    }

    @QueryHandler
    public SentimentChart handle(FindSentiment query) {
        return new SentimentChart(charts.series(query));
    }

    @QueryHandler
    public Optional<Instant> handle(FindNewsProgress query) {
        return readModel
                .read(tables -> tables.first(
                        "select max(published_at) from @article where channel = ?",
                        row -> TableReader.optionalTime(row, 1),
                        query.channel()))
                .flatMap(latest -> latest);
    }

    @QueryHandler
    public UnmeasuredArticles handle(FindUnmeasuredArticles query) {
        QueryArguments.requireRange("first", query.first(), 1, MAX_PAGE);
        return new UnmeasuredArticles(readModel.read(tables -> tables.list(
                """
                select article, published_at from @article_symbol
                where symbol = ? and not measured and published_at <= ? and (published_at, article) > (?, ?::text collate "C")
                order by published_at, article limit ?
                """,
                row -> new UnmeasuredArticle(new ArticleId(row.getString(1)), TableReader.time(row, 2)),
                query.symbol().value(),
                query.publishedBy(),
                query.after().map(UnmeasuredArticle::publishedAt).orElse(BEGINNING_OF_TIME),
                query.after().map(after -> after.articleId().toString()).orElse(""),
                query.first())));
    }
}
