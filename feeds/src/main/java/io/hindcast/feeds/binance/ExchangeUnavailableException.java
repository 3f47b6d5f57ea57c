package io.hindcast.feeds.binance;

/** The exchange did not answer as it should, however often it was asked; asking again later may help. */
public class ExchangeUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ExchangeUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public ExchangeUnavailableException(String message) {
        super(message);
    }
}
