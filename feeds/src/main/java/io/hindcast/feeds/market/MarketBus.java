package io.hindcast.feeds.market;

import io.hindcast.api.market.CandlesReceipt;
import io.hindcast.api.market.FindMarketCoverage;
import io.hindcast.api.market.MarketCoverage;
import io.hindcast.api.market.RecordCandles;
import java.util.concurrent.CompletableFuture;

/**
 * The feed's commands and its one query. Called from the threads of all symbols at once, so implementations must be
 * thread-safe and should not block: the caller waits for the future, with a limit. Both a failed future and an
 * exception count as a failure, which is retried unless it holds a {@link io.hindcast.api.RefusedException}; a command
 * may therefore be handled twice. One symbol's live commands come one after the other, those of an import several at
 * once.
 */
public interface MarketBus {

    /** Records the bars of a day; completes when they are in the log. */
    CompletableFuture<CandlesReceipt> record(RecordCandles command);

    /** Sends any other market command; completes when it was handled. */
    CompletableFuture<Void> send(Object command);

    /** Returns how much of a market the log holds. */
    CompletableFuture<MarketCoverage> find(FindMarketCoverage query);
}
