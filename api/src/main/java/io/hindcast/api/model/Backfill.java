package io.hindcast.api.model;

import io.hindcast.api.RefusedException;
import java.time.Instant;

/**
 * The past of a version that was computed from the log.
 *
 * @param from first moment covered, the start of a UTC day
 * @param to last moment covered, not before {@code from}; market time
 * @param days UTC days covered, 0 or more
 * @param predictions recorded by backfills on these days, 0 or more; for a model of articles, scores of texts
 */
public record Backfill(Instant from, Instant to, int days, long predictions) {

    public Backfill {
        if (to.isBefore(from) || days < 0 || predictions < 0) {
            throw RefusedException.of(
                    "BAD_BACKFILL",
                    "backfill",
                    from + " to " + to + ", " + days + " days, " + predictions + " predictions",
                    "an end not before its start, and counts of 0 or more");
        }
    }
}
