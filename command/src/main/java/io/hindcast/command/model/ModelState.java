package io.hindcast.command.model;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.ArchiveVersion;
import io.hindcast.api.model.BeginBackfill;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PinModel;
import io.hindcast.api.model.PromoteVersion;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.RequestBackfill;
import io.hindcast.api.model.RollBack;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.UnpinModel;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.model.VersionState;
import java.util.List;
import java.util.Optional;

/**
 * The state that a model's decisions depend on. Immutable. Each {@code decide} returns the events that follow from a
 * command, none if it is a repetition, or throws the refusal; {@link ModelFold} computes the state after an event.
 *
 * @param versions by number, from 1
 * @param idle versions that are not live but keep their artifact, the one used last first
 * @param promoting number of the version whose promotion is under way
 * @param pinned whether {@code CURRENT} may not be replaced
 * @param rolledBack number of the version last rolled back, until the slots change again
 */
record ModelState(
        List<ModelVersion> versions,
        Slots slots,
        List<Integer> idle,
        Optional<Integer> promoting,
        boolean pinned,
        Optional<Integer> rolledBack) {

    static final ModelState EMPTY =
            new ModelState(List.of(), Slots.EMPTY, List.of(), Optional.empty(), false, Optional.empty());

    ModelState {
        versions = List.copyOf(versions);
        idle = List.copyOf(idle);
    }

    List<ModelEvent> decide(RegisterVersion command) {
        if (command.trainingRun().isBlank()) {
            throw RefusedException.of("BAD_RUN", "trainingRun of " + command.model(), "blank", "a run's identity");
        }
        if (trainedBy(command.trainingRun()).isPresent()) {
            return List.of();
        }
        VersionRegistered registered = new VersionRegistered(
                command.model().version(versions.size() + 1),
                command.trainingRun(),
                command.artifact(),
                command.scorer(),
                command.provenance(),
                command.evaluation(),
                command.trainedAt(),
                command.expiresAfter());
        return Retention.purging(this, registered, command.trainedAt());
    }

    List<ModelEvent> decide(BeginPromotion command) {
        return new PromotionDecisions(this).decide(command);
    }

    List<ModelEvent> decide(PromoteVersion command) {
        return new PromotionDecisions(this).decide(command);
    }

    List<ModelEvent> decide(CompletePromotion command) {
        return new PromotionDecisions(this).decide(command);
    }

    List<ModelEvent> decide(AbandonPromotion command) {
        return new PromotionDecisions(this).decide(command);
    }

    List<ModelEvent> decide(JoinLane command) {
        return new LaneDecisions(this).decide(command);
    }

    List<ModelEvent> decide(BeginBackfill command) {
        return BackfillPolicy.decide(version(command.model(), command.number()), command);
    }

    List<ModelEvent> decide(CompleteBackfill command) {
        return BackfillPolicy.decide(version(command.model(), command.number()), command);
    }

    List<ModelEvent> decide(GiveUpBackfill command) {
        return BackfillPolicy.decide(version(command.model(), command.number()), command);
    }

    List<ModelEvent> decide(RequestBackfill command) {
        return BackfillPolicy.decide(version(command.model(), command.number()), command);
    }

    List<ModelEvent> decide(LeaveLane command) {
        return new LaneDecisions(this).decide(command);
    }

    List<ModelEvent> decide(RollBack command) {
        return new SlotDecisions(this).decide(command);
    }

    List<ModelEvent> decide(PinModel command) {
        return new SlotDecisions(this).decide(command);
    }

    List<ModelEvent> decide(UnpinModel command) {
        return new SlotDecisions(this).decide(command);
    }

    List<ModelEvent> decide(ArchiveVersion command) {
        return new SlotDecisions(this).decide(command);
    }

    ModelState evolve(ModelEvent event) {
        return ModelFold.after(this, event);
    }

    Optional<ModelVersion> trainedBy(String trainingRun) {
        return versions.stream()
                .filter(version -> version.registered().trainingRun().equals(trainingRun))
                .findFirst();
    }

    /** Returns a version, or throws the refusal of a number that is not registered. */
    ModelVersion version(ModelId model, int number) {
        if (number < 1 || number > versions.size()) {
            throw RefusedException.of(
                    "NO_SUCH_VERSION",
                    "version of " + model,
                    number,
                    versions.isEmpty() ? "a registered one (there is none yet)" : "1 to " + versions.size());
        }
        return versions.get(number - 1);
    }

    /** Throws the refusal if a promotion is under way. */
    void requireNoPromotion(String subject) {
        promoting.ifPresent(number -> {
            throw RefusedException.of(
                    "PROMOTION_RUNNING",
                    subject,
                    "requested while the promotion of version " + number + " is under way",
                    "no promotion under way: try again when it has ended");
        });
    }

    /** Throws the refusal if the model is pinned. */
    void requireUnpinned(String subject) {
        if (pinned) {
            throw RefusedException.of(
                    "PINNED",
                    subject,
                    "requested while the model is pinned",
                    "an unpinned model: unpin it first (hindcast models unpin)");
        }
    }

    /** Throws the refusal if a version has lost its artifact. */
    static void requireArtifact(String subject, ModelVersion version) {
        if (version.is(VersionState.PURGED)) {
            throw RefusedException.of(
                    "PURGED",
                    subject,
                    "of a purged version",
                    "a version that has its artifact: the live ones and the last " + Slots.ARCHIVE_LIMIT + " others");
        }
    }
}
