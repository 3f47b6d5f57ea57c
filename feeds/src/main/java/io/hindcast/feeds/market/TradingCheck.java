package io.hindcast.feeds.market;

import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.RequestPurpose;
import java.util.Optional;

/** Checks whether the exchange trades a symbol, and reports the symbol as suspended if it does not. */
final class TradingCheck {

    private final Symbol symbol;
    private final BinanceRest rest;
    private final SymbolFeedReporter status;
    private Optional<String> lastAnswer = Optional.empty();

    TradingCheck(Symbol symbol, BinanceRest rest, SymbolFeedReporter status) {
        this.symbol = symbol;
        this.rest = rest;
        this.status = status;
    }

    /**
     * Returns whether the exchange trades the symbol now.
     *
     * @throws io.hindcast.feeds.binance.ExchangeUnavailableException if the exchange does not answer
     */
    boolean trades() throws InterruptedException {
        lastAnswer = rest.tradingStatus(symbol, RequestPurpose.LIVE);
        return lastAnswer.filter(BinanceRest.TRADING::equals).isPresent();
    }

    /** Reports the symbol as suspended, with the status of the last check, which was negative. */
    void reportSuspended() {
        status.state(FeedState.SUSPENDED);
        if (lastAnswer.isEmpty()) {
            status.down(
                    symbol + " is not followed: " + rest.host() + " lists no such symbol",
                    "Check how it is written; if it was delisted, leave it out. The check is repeated less and less often,"
                            + " and the symbol is followed as soon as it is traded.");
        } else {
            status.down(
                    symbol + " is not followed: its status at " + rest.host() + " is " + lastAnswer.get() + ", not "
                            + BinanceRest.TRADING,
                    "If the exchange paused it, nothing has to be done: the check is repeated less and less often, and the"
                            + " symbol is followed again when it is traded; if it was delisted, leave it out.");
        }
    }
}
