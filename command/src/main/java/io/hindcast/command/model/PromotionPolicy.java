package io.hindcast.command.model;

import io.hindcast.api.RefusedException;

/**
 * The promotion rule: one promotion at a time, of a version that is not degenerate, has never been live and has no lane
 * joined. How a promotion then shifts the slots is {@link io.hindcast.api.model.Slots#promote}.
 */
final class PromotionPolicy {

    private PromotionPolicy() {}

    /** Throws the refusal if the promotion of this version may not begin. */
    static void check(ModelState model, ModelVersion version) {
        String subject = "promotion of " + version.id();
        if (model.promoting().isPresent()) {
            throw RefusedException.of(
                    "PROMOTION_RUNNING",
                    subject,
                    "requested while that of version " + model.promoting().get() + " is under way",
                    "one at a time");
        }
        if (version.degenerate().isPresent()) {
            throw RefusedException.of(
                    "DEGENERATE",
                    subject,
                    "of a version that predicts " + version.degenerate().get() + " for any held-out row",
                    "a version whose signals differ: the next training cycle tries again");
        }
        if (version.stage() == ModelVersion.Stage.SERVED) {
            throw RefusedException.of(
                    "NOT_PROMOTABLE", subject, "of a version that was live before", "a version that was never live");
        }
        if (version.lane() == ModelVersion.Lane.JOINED) {
            throw RefusedException.of(
                    "LANE_NOT_LEFT", subject, "requested while its lane is joined", "its lane to have left first");
        }
    }
}
