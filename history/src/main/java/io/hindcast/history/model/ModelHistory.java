package io.hindcast.history.model;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One model as its stream has it.
 *
 * @param versions by number, from 1
 * @param slots which versions are live and archived
 * @param promoting the version whose promotion is under way
 * @param lastSequence of the last event read; -1 for a model that has none
 */
public record ModelHistory(
        ModelId model, List<Version> versions, Slots slots, Optional<VersionId> promoting, long lastSequence) {

    public ModelHistory {
        versions = List.copyOf(versions);
    }

    public Optional<Version> version(int number) {
        return number >= 1 && number <= versions.size() ? Optional.of(versions.get(number - 1)) : Optional.empty();
    }

    /** The versions that predict: those that have joined and not left. By number. */
    public List<Version> lanes() {
        return versions.stream().filter(Version::predicts).toList();
    }

    /** Those of {@link #lanes} that no slot holds and no promotion is about, which are to leave. By number. */
    public List<Version> leaving() {
        return lanes().stream()
                .filter(v -> v.state() != VersionState.LIVE && v.state() != VersionState.PROMOTING)
                .toList();
    }

    /** What became of a version. */
    public enum VersionState {
        REGISTERED,
        PROMOTING,
        LIVE,
        ARCHIVED,
        PURGED,
        ABANDONED
    }

    /**
     * @param registered all that was said of it when it was registered
     * @param joined the cut of its last joining: it predicts every candle event after it
     * @param left the cut of its last leaving, if it left after that: it predicted nothing after it
     * @param abandonReason why its last promotion was given up, if that is what became of it
     */
    public record Version(
            VersionRegistered registered,
            VersionState state,
            Optional<LogPosition> joined,
            Optional<LogPosition> left,
            Optional<String> abandonReason) {

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
            return joined.isPresent() && left.isEmpty();
        }
    }

    public Optional<Slot> slotOf(int number) {
        return slots.live().entrySet().stream()
                .filter(e -> e.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
