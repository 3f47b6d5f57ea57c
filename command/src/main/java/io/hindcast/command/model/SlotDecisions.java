package io.hindcast.command.model;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.ArchiveVersion;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelPinned;
import io.hindcast.api.model.ModelUnpinned;
import io.hindcast.api.model.PinModel;
import io.hindcast.api.model.RollBack;
import io.hindcast.api.model.RolledBack;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.UnpinModel;
import io.hindcast.api.model.VersionArchived;
import io.hindcast.api.model.VersionState;
import java.util.List;
import java.util.Optional;

/** Decides what a person asks for about the slots: rolling back, pinning, archiving. */
record SlotDecisions(ModelState model) {

    List<ModelEvent> decide(RollBack command) {
        ModelVersion version = model.version(command.model(), command.number());
        if (model.rolledBack().filter(number -> number == version.number()).isPresent()) {
            return List.of();
        }
        String subject = "rolling back of " + version.id();
        requireCurrent(subject, version);
        model.requireUnpinned(subject);
        model.requireNoPromotion(subject);
        if (model.slots().in(Slot.PREVIOUS).isEmpty()) {
            throw RefusedException.of(
                    "NO_PREVIOUS", subject, "requested without a version in PREVIOUS", "one to roll back to");
        }
        return List.of(new RolledBack(version.id(), model.slots().swap(), command.decision()));
    }

    List<ModelEvent> decide(PinModel command) {
        ModelVersion version = model.version(command.model(), command.number());
        String subject = "pinning of " + version.id();
        requireCurrent(subject, version);
        if (model.pinned()) {
            return List.of();
        }
        model.requireNoPromotion(subject);
        return List.of(new ModelPinned(version.id(), command.decision()));
    }

    List<ModelEvent> decide(UnpinModel command) {
        ModelVersion version = model.version(command.model(), command.number());
        if (!model.pinned()) {
            return List.of();
        }
        requireCurrent("unpinning of " + version.id(), version);
        return List.of(new ModelUnpinned(version.id(), command.decision()));
    }

    List<ModelEvent> decide(ArchiveVersion command) {
        ModelVersion version = model.version(command.model(), command.number());
        if (version.is(VersionState.ARCHIVED)) {
            return List.of();
        }
        String subject = "archiving of " + version.id();
        ModelState.requireArtifact(subject, version);
        Optional<Slot> slot = model.slots().slotOf(version.number());
        if (slot.isPresent() || version.is(VersionState.PROMOTING)) {
            model.requireNoPromotion(subject);
        }
        if (slot.filter(Slot.BASELINE::equals).isPresent()) {
            throw RefusedException.of(
                    "BASELINE", subject, "of the baseline", "any other version: it is never replaced");
        }
        if (slot.filter(Slot.CURRENT::equals).isPresent()) {
            model.requireUnpinned(subject);
        }
        VersionArchived archived =
                new VersionArchived(version.id(), model.slots().without(version.number()), command.decision());
        return Retention.purging(model, archived, command.decision().at());
    }

    private void requireCurrent(String subject, ModelVersion version) {
        Optional<Integer> current = model.slots().in(Slot.CURRENT);
        if (current.filter(number -> number == version.number()).isEmpty()) {
            throw RefusedException.of(
                    "NOT_CURRENT",
                    subject,
                    "requested for a version that is not CURRENT",
                    current.map(number -> "version " + number).orElse("a version in CURRENT (there is none yet)"));
        }
    }
}
