package io.hindcast.training.compute.vast;

import io.hindcast.api.training.TrainingRunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The account's instances with labels of this platform, as complete listings show them. That an instance is gone needs
 * two complete listings in a row without it, some time apart. Not thread-safe.
 */
final class InstanceListing {

    private final VastClient client;
    private final VastLabels labels;
    private final InstantSource wallClock;
    private final Duration confirm;
    /** First of the complete listings in a row that did not hold a run's instance. */
    private final Map<TrainingRunId, Instant> absentSince = new HashMap<>();

    private Map<TrainingRunId, List<VastInstance>> latest = Map.of();
    private Instant askedAt = Instant.MIN;
    private Instant listedAt = Instant.MIN;

    InstanceListing(VastClient client, VastLabels labels, InstantSource wallClock, Duration confirm) {
        this.client = client;
        this.labels = labels;
        this.wallClock = wallClock;
        this.confirm = confirm;
    }

    /** Returns the runs whose instances the latest complete listing holds. */
    Set<TrainingRunId> runs() {
        return latest.keySet();
    }

    /** Lists anew unless the latest attempt is younger than {@code age}. */
    void refreshAfter(Duration age) {
        if (askedAt.isBefore(wallClock.instant().minus(age))) {
            refresh();
        }
    }

    private void refresh() {
        askedAt = wallClock.instant();
        Map<TrainingRunId, List<VastInstance>> found = new HashMap<>();
        try {
            for (VastInstance instance : client.list().values()) {
                labels.run(instance.label())
                        .ifPresent(run -> found.computeIfAbsent(run, _ -> new ArrayList<>())
                                .add(instance));
            }
        } catch (VastException e) {
            absentSince.clear();
            throw e;
        }
        latest = Map.copyOf(found);
        listedAt = wallClock.instant();
        absentSince.keySet().removeAll(latest.keySet());
    }

    /**
     * Lists anew and returns a run's instances, oldest first.
     *
     * @throws VastException if the listing is not complete
     */
    List<VastInstance> find(TrainingRunId run) {
        refresh();
        List<VastInstance> found = latest.getOrDefault(run, List.of());
        if (found.isEmpty()) {
            absentSince.putIfAbsent(run, listedAt);
        }
        return found;
    }

    /** Returns whether the latest listings show that a run has no instance. */
    boolean isGone(TrainingRunId run) {
        Instant since = absentSince.get(run);
        return since != null && !listedAt.isBefore(since.plus(confirm));
    }

    /** Lets a run's absence count anew. */
    void forget(TrainingRunId run) {
        absentSince.remove(run);
    }
}
