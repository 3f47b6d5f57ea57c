package io.hindcast.news;

import io.hindcast.api.RefusedException;
import java.time.Duration;
import java.time.Instant;

/**
 * Times of collection: the whole multiples of a period since 1970, such as every full and half hour.
 *
 * @param period from 1 minute to 1 day
 */
public record CollectionSchedule(Duration period) {

    public CollectionSchedule {
        if (period.compareTo(Duration.ofMinutes(1)) < 0 || period.compareTo(Duration.ofDays(1)) > 0) {
            throw RefusedException.of("BAD_SETTING", "hindcast.news.every", period, "from 1 minute to 1 day");
        }
    }

    /** Returns the first time of collection after {@code time}. */
    public Instant after(Instant time) {
        long millis = period.toMillis();
        return Instant.ofEpochMilli((Math.floorDiv(time.toEpochMilli(), millis) + 1) * millis);
    }
}
