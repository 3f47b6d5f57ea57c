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

/** Markets, candles and gaps. */
@Controller
public class MarketController {

    private final Asking asking;
    private final Known known;

    MarketController(Asking asking, Known known) {
        this.asking = asking;
        this.known = known;
    }

    @QueryMapping
    CompletableFuture<List<MarketView>> markets() {
        return asking.one(new FindMarkets(), MarketViews.class).thenApply(MarketViews::markets);
    }

    @QueryMapping
    CompletableFuture<Optional<MarketView>> market(@Argument String symbol) {
        return known.symbol(symbol).thenCompose(market -> asking.maybe(new FindMarket(market), MarketView.class));
    }

    @QueryMapping
    CompletableFuture<CandleSeries> candles(
            @Argument String symbol, @Argument Instant from, @Argument Instant to, @Argument int maxPoints) {
        return known.symbol(symbol)
                .thenCompose(market -> asking.one(new FindCandles(market, from, to, maxPoints), CandleSeries.class));
    }

    @QueryMapping
    CompletableFuture<Connection<GapView>> gaps(
            @Argument String symbol, @Argument int first, @Argument @Nullable String after) {
        return known.symbol(symbol)
                .thenCompose(
                        market -> asking.one(new FindGaps(market, first, Optional.ofNullable(after)), GapPage.class))
                .thenApply(page -> Connection.of(page.gaps(), page.cursors(), page.hasNext()));
    }

    @SubscriptionMapping
    Flux<LiveCandle> candleRecorded(@Argument String symbol) {
        return asking.follow(known.symbol(symbol).thenApply(FollowCandles::new), LiveCandle.class);
    }

    @SchemaMapping(typeName = "CandleSeries", field = "time")
    Column time(CandleSeries series) {
        return Column.of(series.time());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "open")
    Column open(CandleSeries series) {
        return Column.of(series.open());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "high")
    Column high(CandleSeries series) {
        return Column.of(series.high());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "low")
    Column low(CandleSeries series) {
        return Column.of(series.low());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "close")
    Column close(CandleSeries series) {
        return Column.of(series.close());
    }

    @SchemaMapping(typeName = "CandleSeries", field = "volume")
    Column volume(CandleSeries series) {
        return Column.of(series.volume());
    }
}
