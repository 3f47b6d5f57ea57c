package io.hindcast.graphql.news;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleChange;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticlePage;
import io.hindcast.api.news.ArticleView;
import io.hindcast.api.news.FindArticle;
import io.hindcast.api.news.FindArticles;
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.news.FollowArticles;
import io.hindcast.api.news.SentimentChart;
import io.hindcast.api.news.SentimentSeries;
import io.hindcast.graphql.Connection;
import io.hindcast.graphql.NameResolver;
import io.hindcast.graphql.QueryDispatcher;
import io.hindcast.graphql.engine.ChartColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** Queries and subscription for articles and sentiment. */
@Controller
public class NewsController {

    private final QueryDispatcher queries;
    private final NameResolver names;

    NewsController(QueryDispatcher queries, NameResolver names) {
        this.queries = queries;
        this.names = names;
    }

    @QueryMapping
    CompletableFuture<Connection<ArticleNode>> articles(
            @Argument @Nullable String symbol,
            @Argument @Nullable Instant from,
            @Argument @Nullable Instant to,
            @Argument @Nullable String source,
            @Argument @Nullable String text,
            @Argument boolean repetitions,
            @Argument @Nullable Instant asOf,
            @Argument int first,
            @Argument @Nullable String after) {
        CompletableFuture<Optional<Symbol>> about = symbol == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : names.symbol(symbol).thenApply(Optional::of);
        return about.thenCompose(market -> queries.one(
                        new FindArticles(
                                market,
                                Optional.ofNullable(from),
                                Optional.ofNullable(to),
                                Optional.ofNullable(source),
                                Optional.ofNullable(text),
                                repetitions,
                                first,
                                Optional.ofNullable(after),
                                Optional.ofNullable(asOf)),
                        ArticlePage.class))
                .thenApply(page -> Connection.of(
                        page.articles().stream().map(ArticleNode::of).toList(), page.cursors(), page.hasNext()));
    }

    @QueryMapping
    CompletableFuture<Optional<ArticleNode>> article(@Argument String id, @Argument @Nullable Instant asOf) {
        ArticleId articleId = new ArticleId(id);
        return queries.optional(new FindArticle(articleId, Optional.ofNullable(asOf)), ArticleView.class)
                .thenApply(found -> {
                    if (found.isEmpty() && asOf == null) {
                        throw RefusedException.of(
                                "UNKNOWN_ARTICLE", "id", articleId, "the id of an article that `articles` lists");
                    }
                    return found.map(ArticleNode::of);
                });
    }

    @QueryMapping
    CompletableFuture<List<SentimentSeries>> sentiment(
            @Argument String symbol,
            @Argument Instant from,
            @Argument Instant to,
            @Argument int maxPoints,
            @Argument @Nullable Instant asOf) {
        return names.symbol(symbol)
                .thenCompose(market -> queries.one(
                        new FindSentiment(market, from, to, maxPoints, Optional.ofNullable(asOf)),
                        SentimentChart.class))
                .thenApply(SentimentChart::series);
    }

    @SubscriptionMapping
    Flux<ArticleNode.Change> articleChanged(@Argument String symbol) {
        return queries.distinctUpdates(names.symbol(symbol).thenApply(FollowArticles::new), ArticleChange.class)
                .map(ArticleNode.Change::of);
    }

    @SchemaMapping(typeName = "SentimentSeries", field = "time")
    ChartColumn time(SentimentSeries series) {
        return ChartColumn.of(series.time());
    }

    @SchemaMapping(typeName = "SentimentSeries", field = "sentiment")
    ChartColumn sentiment(SentimentSeries series) {
        return ChartColumn.of(series.sentiment());
    }

    @SchemaMapping(typeName = "SentimentSeries", field = "articles")
    ChartColumn articles(SentimentSeries series) {
        return ChartColumn.of(series.articles());
    }
}
