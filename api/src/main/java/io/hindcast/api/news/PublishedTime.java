package io.hindcast.api.news;

import java.time.Instant;

/**
 * When an article was published.
 *
 * @param at the moment, never after the article was first seen
 * @param certainty how well it is known
 */
public record PublishedTime(Instant at, Certainty certainty) {

    /** How well a time of publication is known. */
    public enum Certainty {
        /** The publisher gave the moment. */
        STATED,
        /** Worked out from something vaguer, such as "8h ago": right within the unit it was given in. */
        ESTIMATED
    }

    public static PublishedTime stated(Instant at) {
        return new PublishedTime(at, Certainty.STATED);
    }

    public static PublishedTime estimated(Instant at) {
        return new PublishedTime(at, Certainty.ESTIMATED);
    }

    /** Publishers' clocks are not ours: what is said to come from the future counts as published when it was seen. */
    public PublishedTime seenAt(Instant firstSeenAt) {
        return at.isAfter(firstSeenAt) ? estimated(firstSeenAt) : this;
    }
}
