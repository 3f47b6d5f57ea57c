package io.hindcast.api.news;

import java.time.Instant;

/**
 * When an article was published.
 *
 * @param at the moment, never after the article was first seen; never before it was published, however vague its date
 *     is
 * @param certainty how well it is known
 */
public record PublishedTime(Instant at, Certainty certainty) {

    /** How well a time of publication is known. */
    public enum Certainty {
        /** The publisher gave the moment. */
        STATED,
        /**
         * The latest moment that a vaguer date can mean, such as a day or "8h ago", or when the article was first seen.
         */
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
