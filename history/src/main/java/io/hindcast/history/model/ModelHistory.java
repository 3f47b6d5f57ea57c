package io.hindcast.history.model;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.model.VersionState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One model as read from its stream.
 *
 * @param versions by number, from 1
 * @param slots the live versions
 * @param promoting the version that is being promoted
 * @param lastSequence sequence of the last event read; -1 for a model without events
 */
public record ModelHistory(
        ModelId model, List<Version> versions, Slots slots, Optional<VersionId> promoting, long lastSequence) {

    public ModelHistory {
        versions = List.copyOf(versions);
    }

    public Optional<Version> version(int number) {
        return number >= 1 && number <= versions.size() ? Optional.of(versions.get(number - 1)) : Optional.empty();
    }

    /** Returns the versions that predict, those that have joined and not left, by number. */
    public List<Version> lanes() {
        return versions.stream().filter(Version::predicts).toList();
    }

    /** Returns those of {@link #lanes} that are neither in a slot nor being promoted and so must leave, by number. */
    public List<Version> leaving() {
        return lanes().stream()
                .filter(v -> v.state() != VersionState.LIVE && v.state() != VersionState.PROMOTING)
                .toList();
    }

    /** States of the backfill of a version's past. */
    public enum BackfillState {
        /** Its lane has not joined. */
        NONE,
        PENDING,
        COMPLETE,
        GIVEN_UP
    }

    /**
     * The lane of a version.
     *
     * @param joined cut of its latest joining, after which it predicts every candle event
     * @param joinedAt market time of that joining
     * @param firstJoined cut of its first joining, before which it predicted nothing
     * @param left cut of its leaving after its latest joining, after which it predicts nothing
     */
    public record Lane(
            Optional<LogPosition> joined,
            Optional<Instant> joinedAt,
            Optional<LogPosition> firstJoined,
            Optional<LogPosition> left) {}

    /**
     * One version of the model.
     *
     * @param registered its registration
     * @param lane its lane, without cuts before it has joined
     * @param backfill state of its backfill
     * @param backfillTo market time of the request for its latest backfill; empty if that began with its joining
     * @param abandonReason reason for which its latest promotion was abandoned, if it was
     */
    public record Version(
            VersionRegistered registered,
            VersionState state,
            Lane lane,
            BackfillState backfill,
            Optional<Instant> backfillTo,
            Optional<String> abandonReason) {

        public Optional<LogPosition> joined() {
            return lane.joined();
        }

        public Optional<LogPosition> left() {
            return lane.left();
        }

        public VersionId id() {
            return registered.version();
        }

        public ArtifactRef artifact() {
            return registered.artifact();
        }

        public ScorerSpec scorer() {
            return registered.scorer();
        }

        public boolean predicts() {
            return joined().isPresent() && left().isEmpty();
        }
    }
}
