package io.hindcast.inference;

import io.hindcast.api.model.VersionId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The lanes of this process as they are now, for health and metrics. Thread-safe. */
public final class LaneRegistry {
    private final Map<VersionId, Supplier<LaneStatus>> lanes = new ConcurrentSkipListMap<>();

    /** Every lane here, by version. */
    public List<LaneStatus> all() {
        return lanes.values().stream().map(Supplier::get).toList();
    }

    public void add(VersionId version, Supplier<LaneStatus> status) {
        lanes.put(version, status);
    }

    public void remove(VersionId version) {
        lanes.remove(version);
    }
}
