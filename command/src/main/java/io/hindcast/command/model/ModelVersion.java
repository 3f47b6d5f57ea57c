package io.hindcast.command.model;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.model.VersionState;

/** A registered version and the state of its promotion, its lane and its backfill. */
record ModelVersion(VersionRegistered registered, VersionState state, Lane lane, Past past) {

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
        return new ModelVersion(event, VersionState.REGISTERED, Lane.NONE, Past.NONE);
    }

    VersionId id() {
        return registered.version();
    }

    int number() {
        return id().number();
    }

    /** Returns whether its backfill is neither completed nor given up. */
    boolean isBackfilling() {
        return past == Past.PENDING || past == Past.RUNNING;
    }

    boolean is(VersionState expected) {
        return state == expected;
    }

    ModelVersion with(VersionState next) {
        return new ModelVersion(registered, next, lane, past);
    }

    ModelVersion with(Past next) {
        return new ModelVersion(registered, state, lane, next);
    }

    ModelVersion with(Lane next) {
        return new ModelVersion(registered, state, next, past);
    }
}
