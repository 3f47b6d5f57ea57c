package io.hindcast.feeds.market;

import io.hindcast.api.market.CandlesReceipt;
import io.hindcast.api.market.FindMarketCoverage;
import io.hindcast.api.market.MarketCoverage;
import io.hindcast.api.market.RecordCandles;
import java.util.concurrent.CompletableFuture;

/** The way from the feed into the house: its commands and its one query. */
public interface MarketBus {

    CompletableFuture<CandlesReceipt> record(RecordCandles command);

    /** Sends any other market command; completes when it was handled. */
    CompletableFuture<Void> send(Object command);

    /** How much of a market the log holds. */
    CompletableFuture<MarketCoverage> find(FindMarketCoverage query);
}
