package io.hindcast.feeds.binance;

import java.time.Duration;

/**
 * The exchange gave no usable answer and the retries are used up; a later request may succeed. The message names the
 * problem.
 */
public class ExchangeUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;
    private final Duration notBefore;

    /**
     * Creates an exception.
     *
     * @param remedy way out for a person, in one or more sentences
     * @param notBefore time for which the exchange accepts no further request, zero if it named none
     */
    public ExchangeUnavailableException(String problem, String remedy, Duration notBefore, Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
        this.notBefore = notBefore;
    }

    /** Returns the way out for a person. */
    public String remedy() {
        return remedy;
    }

    /** Returns the time for which the exchange accepts no further request, zero if it named none. */
    public Duration notBefore() {
        return notBefore;
    }
}
