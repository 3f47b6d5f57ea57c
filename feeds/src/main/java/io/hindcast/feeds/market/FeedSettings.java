package io.hindcast.feeds.market;

import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.RetryPolicy;
import java.time.Duration;

/**
 * Limits and rates of a market's feed, all in wall time.
 *
 * @param daysInFlight days of history fetched and recorded at once
 * @param queueBound stream events that may wait while a command is in flight
 * @param outageBackoff waits between checks of outages outside this process: an exchange that does not answer, a symbol
 *     that is not traded
 */
public record FeedSettings(
        Commands commands, int daysInFlight, int queueBound, Gaps gaps, Checks checks, Backoff outageBackoff) {

    /**
     * Sending of commands.
     *
     * @param timeout time after which a command counts as failed
     * @param retries attempts before the feed gives a command up and later fetches its bars again
     */
    public record Commands(Duration timeout, RetryPolicy retries) {}

    /**
     * Repair of gaps.
     *
     * @param backoff waits between searches that the exchange answered
     * @param patience time for which missing bars are searched before the gap is confirmed
     * @param lookBackDays days that are searched after a restart for gaps that a kill left unrepaired
     */
    public record Gaps(Backoff backoff, Duration patience, int lookBackDays) {}

    /**
     * Periodic checks.
     *
     * @param recheckEvery time between comparisons of recent bars with REST
     * @param recheckBars number of bars compared
     * @param stall time between checks for overdue bars
     */
    public record Checks(Duration recheckEvery, int recheckBars, Duration stall) {}
}
