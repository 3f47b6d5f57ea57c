package io.hindcast.inference.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether a failed item or its worker (a model, a store) is at fault. A failure counts against an item only
 * once another item succeeds after it or in the same attempt; an item with {@value #FAILURE_LIMIT} such failures is
 * abandoned. While everything fails no item is abandoned, so an unavailable store or a broken model costs none. Not
 * thread-safe.
 */
public final class FailureAttribution<K> {

    /** Failures, each with a success of another item, after which an item is abandoned. */
    public static final int FAILURE_LIMIT = 3;

    /** Most failing and most abandoned items remembered; the oldest are forgotten first. */
    private static final int REMEMBERED = 1_000;

    /** Counted failures, by item whose latest attempt failed. */
    private final Map<K, Integer> failures = new LinkedHashMap<>();
    /** Items that failed since the last success. */
    private final Set<K> suspects = new LinkedHashSet<>();

    private final Set<K> abandoned = new LinkedHashSet<>();

    /**
     * Consequences of one attempt.
     *
     * @param retry items that failed before the last success and are worth another attempt
     * @param abandoned items that must not be tried again
     * @param workerSuspected whether nothing succeeded and an item failed that had not failed before
     */
    public record Outcome<K>(List<K> retry, List<K> abandoned, boolean workerSuspected) {}

    /** Records which items succeeded and which failed in one attempt. */
    public Outcome<K> record(Collection<K> succeeded, Collection<K> failed) {
        List<K> lost = new ArrayList<>();
        boolean firstFailure = false;
        for (K item : failed) {
            Integer known = failures.putIfAbsent(item, 0);
            firstFailure |= known == null;
            if (known != null && known >= FAILURE_LIMIT - 1) {
                lost.add(item);
                forget(item);
                abandoned.add(item);
            } else {
                suspects.add(item);
            }
        }
        succeeded.forEach(this::forget);
        List<K> retry = new ArrayList<>();
        if (!succeeded.isEmpty()) {
            for (K item : suspects) {
                failures.merge(item, 1, Integer::sum);
                retry.add(item);
            }
            suspects.clear();
        }
        trim();
        return new Outcome<>(retry, lost, succeeded.isEmpty() && firstFailure);
    }

    /** Returns whether the latest attempt at an item failed. */
    public boolean isFailing(K item) {
        return failures.containsKey(item);
    }

    public boolean isAbandoned(K item) {
        return abandoned.contains(item);
    }

    private void forget(K item) {
        failures.remove(item);
        suspects.remove(item);
    }

    private void trim() {
        Iterator<K> oldest = failures.keySet().iterator();
        while (failures.size() > REMEMBERED) {
            K item = oldest.next();
            oldest.remove();
            suspects.remove(item);
        }
        if (abandoned.size() > REMEMBERED) {
            abandoned.remove(abandoned.iterator().next());
        }
    }
}
