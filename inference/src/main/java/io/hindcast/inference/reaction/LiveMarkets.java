package io.hindcast.inference.reaction;

import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;

/** The markets that have gone live, as queried from the read models. */
final class LiveMarkets {

    static final long ANSWER_SECONDS = 10;

    private final QueryGateway queries;
    private final Map<Symbol, Instant> liveFrom = new TreeMap<>();

    LiveMarkets(QueryGateway queries) {
        this.queries = queries;
    }

    /** Queries the close of the latest bar of every live market. */
    Map<Symbol, Instant> latestCloses() throws InterruptedException, ExecutionException, TimeoutException {
        Map<Symbol, Instant> closes = new LinkedHashMap<>();
        for (MarketView market : queries.query(new FindMarkets(), ResponseTypes.instanceOf(MarketViews.class))
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .markets()) {
            market.liveFrom().ifPresent(from -> {
                liveFrom.put(market.symbol(), from);
                market.lastOpenTime().ifPresent(last -> closes.put(market.symbol(), Interval.ONE_MINUTE.closeOf(last)));
            });
        }
        return closes;
    }

    /** Returns when a market went live, or {@link Instant#MIN} if the read models do not show it as live yet. */
    Instant liveFrom(Symbol symbol) throws InterruptedException, ExecutionException, TimeoutException {
        if (!liveFrom.containsKey(symbol)) {
            latestCloses();
        }
        return liveFrom.getOrDefault(symbol, Instant.MIN);
    }
}
