package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one symbol's missing bars, reports when that fails, and determines the wait before the next attempt. Used by
 * the thread of the symbol's live follower only.
 */
final class RepairFetcher {

    private static final Logger log = LoggerFactory.getLogger(RepairFetcher.class);

    private final Symbol symbol;
    private final PastCandleSource source;
    private final FeedContext context;
    private final SymbolFeedReporter status;
    private int failures;
    private Duration notBefore = Duration.ZERO;

    RepairFetcher(Symbol symbol, PastCandleSource source, FeedContext context, SymbolFeedReporter status) {
        this.symbol = symbol;
        this.source = source;
        this.context = context;
        this.status = status;
    }

    /**
     * Returns the bars that the exchange has of these minutes, in order.
     *
     * @throws ExchangeUnavailableException if it does not answer, which is reported already
     */
    List<Candle> fetch(MinuteRange minutes) throws InterruptedException {
        try {
            List<Candle> found = source.candles(symbol, minutes.from(), minutes.end());
            failures = 0;
            notBefore = Duration.ZERO;
            status.repairWorks();
            return found;
        } catch (ExchangeUnavailableException e) {
            failures++;
            notBefore = e.notBefore();
            log.warn(
                    "{}: {}; the bars from {} to {} will be searched again",
                    symbol,
                    e.getMessage(),
                    minutes.from(),
                    minutes.to());
            status.repairFails(e);
            throw e;
        }
    }

    /** Returns whether the last fetch failed. */
    boolean failing() {
        return failures > 0;
    }

    /** Returns the wait before the next attempt after one that failed. */
    Duration waitAfterFailure() {
        return context.outageWait(Math.max(1, failures), notBefore);
    }
}
