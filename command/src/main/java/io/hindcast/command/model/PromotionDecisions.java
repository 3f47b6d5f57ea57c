package io.hindcast.command.model;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.PromoteVersion;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionState;
import io.hindcast.command.model.ModelVersion.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides the beginning and the end of promotions. */
record PromotionDecisions(ModelState model) {

    List<ModelEvent> decide(BeginPromotion command) {
        ModelVersion version = model.version(command.model(), command.number());
        String subject = "automatic promotion of " + version.id();
        ModelState.requireArtifact(subject, version);
        return switch (version.state()) {
            case PROMOTING, LIVE, DECLINED -> List.of();
            case ARCHIVED, PURGED ->
                throw RefusedException.of(
                        "NOT_PROMOTABLE",
                        subject,
                        "of an archived version",
                        "a new version; a person can promote an archived one (hindcast models promote)");
            case REGISTERED, ABANDONED -> {
                requireNoLane(subject, version);
                Optional<String> objection = PromotionGate.objection(model, version, command.policy());
                yield List.of(
                        objection.isPresent()
                                ? new PromotionDeclined(version.id(), objection.get(), command.begunAt())
                                : begun(version, command.begunAt(), Optional.empty()));
            }
        };
    }

    List<ModelEvent> decide(PromoteVersion command) {
        ModelVersion version = model.version(command.model(), command.number());
        String subject = "promotion of " + version.id();
        ModelState.requireArtifact(subject, version);
        Optional<Slot> slot = model.slots().slotOf(version.number());
        if (version.is(VersionState.PROMOTING) || (slot.isPresent() && slot.get() != Slot.PREVIOUS)) {
            return List.of();
        }
        model.requireUnpinned(subject);
        model.requireNoPromotion(subject);
        if (slot.isPresent()) {
            throw RefusedException.of(
                    "IN_PREVIOUS",
                    subject,
                    "of the version in PREVIOUS",
                    "a version that is not live; to make it CURRENT, roll back the version that is");
        }
        requireNoLane(subject, version);
        return List.of(begun(version, command.decision().at(), Optional.of(command.decision())));
    }

    List<ModelEvent> decide(CompletePromotion command) {
        ModelVersion version = model.version(command.model(), command.number());
        switch (version.state()) {
            case LIVE, ARCHIVED, PURGED -> {
                return List.of();
            }
            case REGISTERED, PROMOTING, DECLINED, ABANDONED -> requirePromoting(model, version, "completion of ");
        }
        if (version.lane() != Lane.JOINED) {
            throw RefusedException.of(
                    "LANE_NOT_JOINED",
                    "completion of " + version.id(),
                    "requested before its lane joined",
                    "its lane to have joined");
        }
        BackfillPolicy.checkSettled(version);
        return List.of(new SlotsShifted(version.id(), model.slots().promote(version.number()), command.shiftedAt()));
    }

    List<ModelEvent> decide(AbandonPromotion command) {
        ModelVersion version = model.version(command.model(), command.number());
        if (version.is(VersionState.ABANDONED)) {
            return List.of();
        }
        requirePromoting(model, version, "abandoning of ");
        return List.of(new PromotionAbandoned(version.id(), command.reason(), command.abandonedAt()));
    }

    private static PromotionBegun begun(ModelVersion version, Instant at, Optional<Attribution> decision) {
        return new PromotionBegun(
                version.id(),
                version.registered().artifact(),
                version.registered().scorer(),
                at,
                decision);
    }

    private static void requireNoLane(String subject, ModelVersion version) {
        if (version.lane() == Lane.JOINED) {
            throw RefusedException.of(
                    "LANE_NOT_LEFT",
                    subject,
                    "requested while its lane is joined",
                    "its lane to have left, which takes until the market's next candle: try again then");
        }
    }

    static void requirePromoting(ModelState model, ModelVersion version, String action) {
        if (!version.is(VersionState.PROMOTING)) {
            throw RefusedException.of(
                    "NOT_PROMOTING",
                    action + version.id(),
                    "requested outside its promotion",
                    model.promoting()
                            .map(number -> "version " + number)
                            .orElse("a promotion under way (there is none)"));
        }
    }
}
