package io.hindcast.feeds.binance;

import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.RetryPolicy;
import java.time.Duration;

/** Purpose of a REST request, which decides how often it is retried and how long it may wait. */
public enum RequestPurpose {
    /** First contact at start-up, which fails at once. */
    FIRST_CONTACT(2, Duration.ofSeconds(1)),

    /** A request beside the live stream, which must not be blocked: the caller repeats it later. */
    LIVE(3, Duration.ofSeconds(2)),

    /** Import of history, where no single bar is urgent. */
    IMPORT(8, Duration.ofMinutes(5));

    private final int attempts;
    private final Duration longestWait;

    RequestPurpose(int attempts, Duration longestWait) {
        this.attempts = attempts;
        this.longestWait = longestWait;
    }

    RetryPolicy retryPolicy(Backoff backoff) {
        return new RetryPolicy(attempts, backoff, longestWait);
    }

    Duration longestWait() {
        return longestWait;
    }
}
