package io.hindcast.feeds.binance;

import java.time.Duration;

/**
 * Nothing answers at the exchange's address when the feed starts. The message is one line for the person who started
 * it.
 */
public final class ExchangeUnreachableException extends ExchangeUnavailableException {

    private static final long serialVersionUID = 1L;

    ExchangeUnreachableException(RequestFailedException failed) {
        super(failed.problem() + ". " + failed.remedy(), failed.remedy(), Duration.ZERO, failed);
    }
}
