package io.hindcast.feeds.market;

import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.Patience;
import java.util.Optional;

/** Asks whether the exchange trades a symbol, and reports the symbol as suspended if it does not. */
final class TradingCheck {

    private final Symbol symbol;
    private final BinanceRest rest;
    private final SymbolFeedReporter status;
    private Optional<String> said = Optional.empty();

    TradingCheck(Symbol symbol, BinanceRest rest, SymbolFeedReporter status) {
        this.symbol = symbol;
        this.rest = rest;
        this.status = status;
    }

    /** @throws io.hindcast.feeds.binance.ExchangeUnavailableException if the exchange does not say */
    boolean trades() throws InterruptedException {
        said = rest.tradingStatus(symbol, Patience.LIVE);
        return said.filter(BinanceRest.TRADING::equals).isPresent();
    }

    /** Reports what the exchange said last, which was that it does not trade the symbol. */
    void reportSuspended() {
        status.state(FeedState.SUSPENDED);
        if (said.isEmpty()) {
            status.down(
                    symbol + " is not followed: " + rest.host() + " lists no such symbol",
                    "Check how it is written; if it was delisted, leave it out. It is looked for again, ever more slowly, and"
                            + " followed as soon as it is traded.");
        } else {
            status.down(
                    symbol + " is not followed: its status at " + rest.host() + " is " + said.get() + ", not "
                            + BinanceRest.TRADING,
                    "If the exchange paused it, nothing has to be done: it is looked at again, ever more slowly, and goes on"
                            + " by itself when it is traded; if it was delisted, leave it out.");
        }
    }
}
