package io.hindcast.graphql;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.CandleSeries;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.FindGaps;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.FollowCandles;
import io.hindcast.api.market.GapPage;
import io.hindcast.api.market.GapState;
import io.hindcast.api.market.GapView;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
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
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.news.FollowArticles;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.SentimentChart;
import io.hindcast.api.news.SentimentSeries;
import io.hindcast.api.news.SnippetPart;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import io.hindcast.api.training.FindRunReport;
import io.hindcast.api.training.RunReport;
import io.hindcast.api.worker.Heartbeat;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Query handlers with fixed answers about one market, and another one whose gaps cannot be read. */
final class TestAnswers {

    static final Symbol SYMBOL = new Symbol("BTCUSDT");
    static final Instant FIRST = Instant.parse("2022-01-01T00:00:00Z");
    static final Instant LAST = Instant.parse("2022-01-31T23:59:00Z");

    private static final VersionId TRL = VersionId.parse("trl:BTCUSDT:2");
    private static final ArticleUrl URL = new ArticleUrl("https://example.com/bitcoin-rises");
    static final ArticleView ARTICLE = new ArticleView(
            ArticleId.of(URL),
            URL,
            "yahoo",
            "Example",
            List.of(SYMBOL),
            "Bitcoin rises",
            "It rose.",
            Optional.empty(),
            PublishedTime.estimated(FIRST),
            FIRST.plusSeconds(60),
            1,
            Optional.of(new NearDuplicate(ArticleId.of(new ArticleUrl("https://example.com/earlier")), 0.8)),
            List.of(new ArticleScore(
                    TRL,
                    Optional.of(Slot.CURRENT),
                    0,
                    new Probabilities(0.2, 0.3, 0.5),
                    PredictionOrigin.LIVE,
                    FIRST.plusSeconds(61))),
            List.of(new ArticleReaction(SYMBOL, 0.75, Signal.BUY, 720, FIRST.plusSeconds(43_200))),
            List.of(new SnippetPart("Bitcoin", true), new SnippetPart(" rises", false)));

    private static final MarketView MARKET = filled("BTCUSDT");

    /** The latest query for candles or articles. */
    final AtomicReference<@Nullable Object> asked = new AtomicReference<>();

    /** Returns a market that was opened and has no candles. */
    static MarketView market(String symbol) {
        return new MarketView(
                new Symbol(symbol),
                Interval.ONE_MINUTE,
                MarketOrigin.SYNTHETIC,
                "generated",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private static MarketView filled(String symbol) {
        return new MarketView(
                new Symbol(symbol),
                Interval.ONE_MINUTE,
                MarketOrigin.SYNTHETIC,
                "generated",
                Optional.empty(),
                Optional.of(FIRST),
                Optional.of(LAST),
                Optional.of(new BigDecimal("46216.93")),
                5_000_000_000L);
    }

    @QueryHandler
    public MarketViews handle(FindMarkets query) {
        return new MarketViews(List.of(MARKET, filled("BROKEN")));
    }

    @QueryHandler
    public Optional<MarketView> handle(FindMarket query) {
        return query.symbol().equals(SYMBOL) ? Optional.of(MARKET) : Optional.empty();
    }

    @QueryHandler
    public CandleSeries handle(FindCandles query) {
        asked.set(query);
        if (query.maxPoints() > 5000) {
            throw RefusedException.of("OUT_OF_RANGE", "maxPoints", query.maxPoints(), "1 to 5000");
        }
        return new CandleSeries(
                query.symbol(),
                300,
                new long[] {1640995200, 1640995500},
                new double[] {1, 2},
                new double[] {3, 4},
                new double[] {0.5, 1.5},
                new double[] {2, 3.25},
                new double[] {10, 1e-5});
    }

    @QueryHandler
    public GapPage handle(FindGaps query) {
        if (query.symbol().value().equals("BROKEN")) {
            throw new IllegalStateException("secret detail of the database");
        }
        return new GapPage(
                List.of(new GapView(SYMBOL, FIRST, FIRST.plusSeconds(60), GapState.OPEN, LAST, Optional.empty())),
                List.of("c1"),
                true);
    }

    @QueryHandler
    public Symbol handle(FollowCandles query) {
        return query.symbol();
    }

    @QueryHandler
    public ArticlePage handle(FindArticles query) {
        asked.set(query);
        return new ArticlePage(List.of(ARTICLE), List.of("a1"), false);
    }

    @QueryHandler
    public Optional<ArticleView> handle(FindArticle query) {
        return query.articleId().equals(ARTICLE.articleId()) ? Optional.of(ARTICLE) : Optional.empty();
    }

    @QueryHandler
    public SentimentChart handle(FindSentiment query) {
        return new SentimentChart(List.of(new SentimentSeries(
                TRL, Optional.of(Slot.CURRENT), 300, new long[] {1640995200}, new double[] {-0.25}, new int[] {7})));
    }

    /** Only the worker of the transformer has reported. */
    @QueryHandler
    public Optional<RunReport> handle(FindRunReport query) {
        if (query.run().family() != ModelFamily.TST) {
            return Optional.empty();
        }
        Heartbeat heartbeat =
                new Heartbeat("training", 2, 8, "epochs", "", List.of("12:00:01 INFO training"), Optional.empty());
        return Optional.of(new RunReport(query.run(), heartbeat, Duration.ofMillis(1_500)));
    }

    @QueryHandler
    public Symbol handle(FollowArticles query) {
        return query.symbol();
    }
}
