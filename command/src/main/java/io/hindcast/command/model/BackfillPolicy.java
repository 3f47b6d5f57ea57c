package io.hindcast.command.model;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.BeginBackfill;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.RequestBackfill;
import io.hindcast.command.model.ModelVersion.Lane;
import io.hindcast.command.model.ModelVersion.Past;
import java.util.List;

/**
 * The backfill rules: a version's past is pending from the joining of its lane, or from a request, until its backfill
 * is completed or given up. A backfill that was given up may still complete, since a deadline can pass while its last
 * day is being recorded.
 */
final class BackfillPolicy {

    private BackfillPolicy() {}

    static List<ModelEvent> decide(ModelVersion version, RequestBackfill command) {
        if (version.lane() != Lane.JOINED) {
            throw RefusedException.of(
                    "LANE_NOT_JOINED",
                    "backfill of " + version.id(),
                    "requested of a version without a lane",
                    "a version whose lane has joined and not left");
        }
        return version.isBackfilling()
                ? List.of()
                : List.of(new BackfillRequested(version.id(), command.reason(), command.requestedAt()));
    }

    static List<ModelEvent> decide(ModelVersion version, BeginBackfill command) {
        if (!version.isBackfilling()) {
            throw RefusedException.of(
                    "NO_BACKFILL",
                    "backfill of " + version.id(),
                    "begun while none is pending",
                    "a lane that has just joined, or a request");
        }
        return version.past() == Past.RUNNING
                ? List.of()
                : List.of(new BackfillBegun(
                        version.id(), command.from(), command.to(), command.days(), command.begunAt()));
    }

    static List<ModelEvent> decide(ModelVersion version, CompleteBackfill command) {
        checkBegun(version);
        return version.past() == Past.COMPLETE
                ? List.of()
                : List.of(new BackfillCompleted(version.id(), command.backfill(), command.completedAt()));
    }

    static List<ModelEvent> decide(ModelVersion version, GiveUpBackfill command) {
        checkBegun(version);
        return version.isBackfilling()
                ? List.of(new BackfillGivenUp(version.id(), command.reason(), command.givenUpAt()))
                : List.of();
    }

    /** Throws the refusal if the backfill of a version is pending. */
    static void checkSettled(ModelVersion version) {
        if (version.isBackfilling()) {
            throw RefusedException.of(
                    "BACKFILL_PENDING",
                    "completion of " + version.id(),
                    "requested while its backfill is pending",
                    "a backfill that is completed or given up");
        }
    }

    private static void checkBegun(ModelVersion version) {
        if (version.past() == Past.NONE) {
            throw RefusedException.of(
                    "LANE_NOT_JOINED",
                    "backfill of " + version.id(),
                    "reported of a version whose lane never joined",
                    "a version whose lane has joined");
        }
    }
}
