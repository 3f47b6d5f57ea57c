package io.hindcast.graphql;

import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketViews;
import io.hindcast.graphql.news.ReactionSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Query for the installation and its market time. */
@Controller
public class PlatformController {

    private final PlatformInfo info;
    private final QueryDispatcher queries;
    private final InstantSource marketClock;
    private final ReactionSettings reactions;

    PlatformController(
            PlatformInfo info,
            QueryDispatcher queries,
            @Qualifier("marketClock") InstantSource marketClock,
            ReactionSettings reactions) {
        this.info = info;
        this.queries = queries;
        this.marketClock = marketClock;
        this.reactions = reactions;
    }

    record Platform(
            String name,
            String build,
            boolean synthetic,
            Instant marketTime,
            Optional<Double> speed,
            long reactionWindowMinutes) {}

    @QueryMapping
    CompletableFuture<Platform> platform() {
        return queries.one(new FindMarkets(), MarketViews.class)
                .thenApply(markets -> new Platform(
                        info.name(),
                        info.build(),
                        markets.markets().stream().anyMatch(market -> market.origin() == MarketOrigin.SYNTHETIC),
                        marketClock.instant(),
                        info.speed(),
                        reactions.window().toMinutes()));
    }
}
