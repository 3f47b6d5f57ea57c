package io.hindcast.graphql.market;

import io.hindcast.api.market.CandleSeries;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.FindGaps;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.FollowCandles;
import io.hindcast.api.market.GapPage;
import io.hindcast.api.market.GapView;
import io.hindcast.api.market.LiveCandle;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
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

/** Queries and subscription for markets, candles and gaps. */
@Controller
public class MarketController {

    private final QueryDispatcher queries;
    private final NameResolver names;

    MarketController(QueryDispatcher queries, NameResolver names) {
        this.queries = queries;
        this.names = names;
    }

    @QueryMapping
    CompletableFuture<List<MarketView>> markets(@Argument @Nullable Instant asOf) {
        return queries.one(new FindMarkets(Optional.ofNullable(asOf)), MarketViews.class)
                .thenApply(MarketViews::markets);
    }

    @QueryMapping
    CompletableFuture<Optional<MarketView>> market(@Argument String symbol, @Argument @Nullable Instant asOf) {
        return names.symbol(symbol)
                .thenCompose(market ->
                        queries.optional(new FindMarket(market, Optional.ofNullable(asOf)), MarketView.class));
    }

    @QueryMapping
    CompletableFuture<CandleSeries> candles(
            @Argument String symbol,
            @Argument Instant from,
            @Argument Instant to,
            @Argument int maxPoints,
            @Argument @Nullable Instant asOf) {
        return names.symbol(symbol)
                .thenCompose(market -> queries.one(
                        new FindCandles(market, from, to, maxPoints, Optional.ofNullable(asOf)), CandleSeries.class));
    }

    @QueryMapping
    CompletableFuture<Connection<GapView>> gaps(
            @Argument String symbol,
            @Argument @Nullable Instant asOf,
            @Argument int first,
            @Argument @Nullable String after) {
        return names.symbol(symbol)
                .thenCompose(market -> queries.one(
                        new FindGaps(market, first, Optional.ofNullable(after), Optional.ofNullable(asOf)),
                        GapPage.class))
                .thenApply(page -> Connection.of(page.gaps(), page.cursors(), page.hasNext()));
    }

    @SubscriptionMapping
    Flux<LiveCandle> candleRecorded(@Argument String symbol) {
        return queries.distinctUpdates(names.symbol(symbol).thenApply(FollowCandles::new), LiveCandle.class);
    }

    @SchemaMapping(typeName = "CandleSeries", field = "time")
    ChartColumn time(CandleSeries series) {
        return ChartColumn.of(series.time());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "open")
    ChartColumn open(CandleSeries series) {
        return ChartColumn.of(series.open());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "high")
    ChartColumn high(CandleSeries series) {
        return ChartColumn.of(series.high());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "low")
    ChartColumn low(CandleSeries series) {
        return ChartColumn.of(series.low());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "close")
    ChartColumn close(CandleSeries series) {
        return ChartColumn.of(series.close());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "volume")
    ChartColumn volume(CandleSeries series) {
        return ChartColumn.of(series.volume());
    }
}
