package io.hindcast.feeds.market;

import io.hindcast.runtime.Backoff;
import java.time.Duration;

/**
 * Limits and rates of a market's feed, all in wall time.
 *
 * @param commandTimeout after which a command counts as failed
 * @param commandAttempts before the feed gives up on a command and later fetches the bars again
 * @param commandBackoff between attempts
 * @param daysInFlight of an import
 * @param queueBound events that may wait while a command is in flight
 * @param gapBackoff between looks for missing bars
 * @param gapPatience how long missing bars are asked for before the gap is confirmed
 * @param recheckEvery how often recent bars are compared with what REST says
 * @param recheckBars how many
 * @param stallCheck how often it is looked whether bars have stopped coming
 * @param lookBackDays how far a restart looks for bars that a kill kept from being repaired
 */
public record FeedSettings(
        Duration commandTimeout,
        int commandAttempts,
        Backoff commandBackoff,
        int daysInFlight,
        int queueBound,
        Backoff gapBackoff,
        Duration gapPatience,
        Duration recheckEvery,
        int recheckBars,
        Duration stallCheck,
        int lookBackDays) {

    public static FeedSettings standard() {
        return new FeedSettings(
                Duration.ofSeconds(30),
                5,
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)),
                8,
                20_000,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                120,
                Duration.ofSeconds(5),
                2);
    }
}
