package io.hindcast.command.model;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.prediction.Signal;
import java.util.Optional;

/**
 * A registered version and the state of its promotion and its lane.
 *
 * @param degenerate the one signal that it predicts, if it is degenerate
 */
record ModelVersion(
        VersionId id,
        String trainingRun,
        ArtifactRef artifact,
        ScorerSpec scorer,
        Optional<Signal> degenerate,
        Stage stage,
        Lane lane,
        Past past) {

    /** State of a version's promotion. */
    enum Stage {
        REGISTERED,
        PROMOTING,
        /** In a slot, now or earlier. */
        SERVED,
        ABANDONED
    }

    /** State of a version's lane. */
    enum Lane {
        NONE,
        JOINED,
        LEFT
    }

    /** State of the backfill of a version's past. */
    enum Past {
        /** Its lane has not joined. */
        NONE,
        PENDING,
        /** Its days are being computed. */
        RUNNING,
        COMPLETE,
        GIVEN_UP
    }

    static ModelVersion of(VersionRegistered event) {
        return new ModelVersion(
                event.version(),
                event.trainingRun(),
                event.artifact(),
                event.scorer(),
                event.evaluation().degenerate(),
                Stage.REGISTERED,
                Lane.NONE,
                Past.NONE);
    }

    ModelVersion with(Stage next) {
        return new ModelVersion(id, trainingRun, artifact, scorer, degenerate, next, lane, past);
    }

    ModelVersion with(Lane next) {
        return new ModelVersion(id, trainingRun, artifact, scorer, degenerate, stage, next, past);
    }

    /** Returns whether its backfill is neither completed nor given up. */
    boolean isBackfilling() {
        return past == Past.PENDING || past == Past.RUNNING;
    }

    ModelVersion with(Past next) {
        return new ModelVersion(id, trainingRun, artifact, scorer, degenerate, stage, lane, next);
    }
}
