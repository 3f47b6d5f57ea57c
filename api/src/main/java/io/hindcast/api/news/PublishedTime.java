package io.hindcast.api.news;

import java.time.Instant;

/**
 * When an article was published.
 *
 * @param at upper bound of the time of publication, but never after the article was first seen
 * @param certainty how exact it is
 */
public record PublishedTime(Instant at, Certainty certainty) {

    /** Exactness of a time of publication. */
    public enum Certainty {
        /** Stated by the publisher. */
        STATED,
        /**
         * The latest moment consistent with a less exact date, such as a day or "8h ago", or when the article was first
         * seen.
         */
        ESTIMATED
    }

    public static PublishedTime stated(Instant at) {
        return new PublishedTime(at, Certainty.STATED);
    }

    public static PublishedTime estimated(Instant at) {
        return new PublishedTime(at, Certainty.ESTIMATED);
    }

    /** Returns this time, or that of the first sighting if it is later, since publishers' clocks may be ahead. */
    public PublishedTime seenAt(Instant firstSeenAt) {
        return at.isAfter(firstSeenAt) ? estimated(firstSeenAt) : this;
    }
}
