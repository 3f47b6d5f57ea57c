package io.hindcast.inference;

import io.hindcast.api.model.VersionId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * The lanes of this process, for health and metrics. The thread that owns a lane adds it when it creates it and removes
 * it when it closes it; health checks and metrics read from any thread. Thread-safe.
 */
public final class LaneRegistry {
    private final Map<VersionId, Supplier<LaneStatus>> lanes = new ConcurrentSkipListMap<>();

    /** Returns the status of every lane of this process, ordered by version. */
    public List<LaneStatus> all() {
        return lanes.values().stream().map(Supplier::get).toList();
    }

    /** @param status called from any thread, at any time until the lane is removed; must not block or throw */
    public void add(VersionId version, Supplier<LaneStatus> status) {
        lanes.put(version, status);
    }

    public void remove(VersionId version) {
        lanes.remove(version);
    }
}
