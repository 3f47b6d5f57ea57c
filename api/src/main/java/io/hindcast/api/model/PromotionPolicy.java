package io.hindcast.api.model;

import io.hindcast.api.RefusedException;

/**
 * The rule by which a version is promoted automatically.
 *
 * @param mode whether versions are tested at all; the margins apply to {@link Mode#GATED} only
 * @param constantMargin nats by which the held-out log loss may exceed that of a constant guess, 0 or more
 * @param championMargin nats by which the log loss may exceed that of {@code CURRENT}, 0 or more. A version is declined
 *     if the rows show, at 95 % confidence, that it is worse by more
 */
public record PromotionPolicy(Mode mode, double constantMargin, double championMargin) {

    public static final PromotionPolicy ALWAYS = new PromotionPolicy(Mode.ALWAYS, 0, 0);

    /** Tests every version. The margins are about 2 % and 0.5 % of the log loss of even odds, ln 3. */
    public static final PromotionPolicy GATED = new PromotionPolicy(Mode.GATED, 0.02, 0.005);

    public PromotionPolicy {
        if (!(constantMargin >= 0 && championMargin >= 0)) {
            throw RefusedException.of(
                    "BAD_POLICY",
                    "margins of the promotion policy",
                    constantMargin + " and " + championMargin,
                    "0 or more");
        }
    }

    /** Whether a version is tested before its promotion. */
    public enum Mode {
        /** Promotes every version, however good it is. */
        ALWAYS,
        /** Promotes a version that is sound and not worse than {@code CURRENT} by more than a margin. */
        GATED
    }
}
