package io.hindcast.feeds.binance;

import java.io.IOException;
import java.time.Duration;

/** The exchange reports the symbol as invalid: mistyped, not listed yet, or delisted. */
public final class UnknownSymbolException extends ExchangeUnavailableException {

    private static final long serialVersionUID = 1L;

    UnknownSymbolException(String symbol, String host) {
        super(
                host + " lists no symbol " + symbol,
                "Check how it is written; if it was delisted, leave it out.",
                Duration.ZERO,
                new IOException("Invalid symbol"));
    }
}
