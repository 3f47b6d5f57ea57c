package io.hindcast.feeds.binance;

import java.time.Duration;

/**
 * No usable answer from the exchange, however often it was asked; a later attempt may get one. Its message names the
 * problem.
 */
public class ExchangeUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;
    private final Duration notBefore;

    /**
     * @param remedy one sentence that says what a person can do
     * @param notBefore how long requests are held back, zero if they are not
     */
    public ExchangeUnavailableException(String problem, String remedy, Duration notBefore, Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
        this.notBefore = notBefore;
    }

    public String remedy() {
        return remedy;
    }

    /** How long requests are held back, zero if they are not. */
    public Duration notBefore() {
        return notBefore;
    }
}
