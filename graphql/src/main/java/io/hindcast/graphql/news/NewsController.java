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
import io.hindcast.graphql.Asking;
import io.hindcast.graphql.Connection;
import io.hindcast.graphql.Known;
import io.hindcast.graphql.engine.Column;
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

/** Articles, how they sounded, and what is becoming known of them now. */
@Controller
public class NewsController {

    private final Asking asking;
    private final Known known;

    NewsController(Asking asking, Known known) {
        this.asking = asking;
        this.known = known;
    }

    @QueryMapping
    CompletableFuture<Connection<ArticleNode>> articles(
            @Argument @Nullable String symbol,
            @Argument @Nullable Instant from,
            @Argument @Nullable Instant to,
            @Argument @Nullable String source,
            @Argument @Nullable String text,
            @Argument boolean repetitions,
            @Argument int first,
            @Argument @Nullable String after) {
        CompletableFuture<Optional<Symbol>> about = symbol == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : known.symbol(symbol).thenApply(Optional::of);
        return about.thenCompose(market -> asking.one(
                        new FindArticles(
                                market,
                                Optional.ofNullable(from),
                                Optional.ofNullable(to),
                                Optional.ofNullable(source),
                                Optional.ofNullable(text),
                                repetitions,
                                first,
                                Optional.ofNullable(after)),
                        ArticlePage.class))
                .thenApply(page -> Connection.of(
                        page.articles().stream().map(ArticleNode::of).toList(), page.cursors(), page.hasNext()));
    }

    @QueryMapping
    CompletableFuture<ArticleNode> article(@Argument String id) {
        ArticleId asked = new ArticleId(id);
        return asking.maybe(new FindArticle(asked), ArticleView.class)
                .thenApply(found -> found.map(ArticleNode::of)
                        .orElseThrow(() -> RefusedException.of(
                                "UNKNOWN_ARTICLE", "id", asked, "the id of an article that `articles` lists")));
    }

    @QueryMapping
    CompletableFuture<List<SentimentSeries>> sentiment(
            @Argument String symbol, @Argument Instant from, @Argument Instant to, @Argument int maxPoints) {
        return known.symbol(symbol)
                .thenCompose(market -> asking.one(new FindSentiment(market, from, to, maxPoints), SentimentChart.class))
                .thenApply(SentimentChart::series);
    }

    @SubscriptionMapping
    Flux<ArticleNode.Change> articleChanged(@Argument String symbol) {
        return asking.follow(known.symbol(symbol).thenApply(FollowArticles::new), ArticleChange.class)
                .map(ArticleNode.Change::of);
    }

    @SchemaMapping(typeName = "SentimentSeries", field = "time")
    Column time(SentimentSeries series) {
        return Column.of(series.time());
    }

    @SchemaMapping(typeName = "SentimentSeries", field = "sentiment")
    Column sentiment(SentimentSeries series) {
        return Column.of(series.sentiment());
    }

    @SchemaMapping(typeName = "SentimentSeries", field = "articles")
    Column articles(SentimentSeries series) {
        return Column.of(series.articles());
    }
}
