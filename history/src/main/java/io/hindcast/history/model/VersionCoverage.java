package io.hindcast.history.model;

import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import java.util.List;
import java.util.Optional;

/**
 * The parts of the log that a version has predicted.
 *
 * @param lanes times during which its lane predicted, in order
 * @param backfills those that were completed, in order
 */
public record VersionCoverage(List<Lane> lanes, List<Backfill> backfills) {

    public VersionCoverage {
        lanes = List.copyOf(lanes);
        backfills = List.copyOf(backfills);
    }

    /**
     * A time during which a lane predicted.
     *
     * @param left empty while it predicts
     */
    public record Lane(LaneJoined joined, Optional<LaneLeft> left) {}
}
