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
 * @param gaps how missing bars are looked for
 * @param checks how often it is looked whether all is well
 * @param outageBackoff between looks at what only the outside can mend: an exchange that does not answer, a symbol that
 *     is not traded
 */
public record FeedSettings(
        Duration commandTimeout,
        int commandAttempts,
        Backoff commandBackoff,
        int daysInFlight,
        int queueBound,
        Gaps gaps,
        Checks checks,
        Backoff outageBackoff) {

    /**
     * How missing bars are looked for.
     *
     * @param backoff between looks that were answered
     * @param patience how long missing bars are asked for before the gap is confirmed
     * @param lookBackDays how far a restart looks for bars that a kill kept from being repaired
     */
    public record Gaps(Backoff backoff, Duration patience, int lookBackDays) {}

    /**
     * How often it is looked whether all is well.
     *
     * @param recheckEvery how often recent bars are compared with what REST says
     * @param recheckBars how many
     * @param stall how often it is looked whether bars have stopped coming
     */
    public record Checks(Duration recheckEvery, int recheckBars, Duration stall) {}

    public static FeedSettings standard() {
        return new FeedSettings(
                Duration.ofSeconds(30),
                5,
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)),
                8,
                20_000,
                new Gaps(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)), Duration.ofSeconds(10), 7),
                new Checks(Duration.ofSeconds(60), 120, Duration.ofSeconds(5)),
                new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10)));
    }
}
