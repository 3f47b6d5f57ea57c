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
 * Decides what is at fault when work on an item fails: the item, or whatever works on all of them. A failure counts
 * against an item only once another item succeeded after it or beside it; an item with {@value #TRIES} such failures is
 * given up. While everything fails nothing is, so that a store that is away or a model that is broken costs no item.
 */
public final class Trials<K> {

    /** Failures beside successes of others after which an item is given up. */
    public static final int TRIES = 3;

    /** Failing items remembered, and items given up; of more the oldest begin anew. */
    private static final int REMEMBERED = 1_000;

    /** Failures that count, by item that failed last time. */
    private final Map<K, Integer> failures = new LinkedHashMap<>();
    /** Items that failed since the last success. */
    private final Set<K> suspects = new LinkedHashSet<>();

    private final Set<K> abandoned = new LinkedHashSet<>();

    /**
     * What follows from an attempt.
     *
     * @param again items that failed before the last success, and are worth another try
     * @param givenUp items that are not to be tried again
     * @param suspicious whether nothing succeeded, and something failed that had not failed before: the item may not be
     *     at fault
     */
    public record Verdict<K>(List<K> again, List<K> givenUp, boolean suspicious) {}

    /** Takes note of what succeeded and what failed in one attempt. */
    public Verdict<K> settle(Collection<K> succeeded, Collection<K> failed) {
        List<K> givenUp = new ArrayList<>();
        boolean fresh = false;
        for (K item : failed) {
            Integer known = failures.putIfAbsent(item, 0);
            fresh |= known == null;
            if (known != null && known >= TRIES - 1) {
                givenUp.add(item);
                forget(item);
                abandoned.add(item);
            } else {
                suspects.add(item);
            }
        }
        succeeded.forEach(this::forget);
        List<K> again = new ArrayList<>();
        if (!succeeded.isEmpty()) {
            for (K item : suspects) {
                failures.merge(item, 1, Integer::sum);
                again.add(item);
            }
            suspects.clear();
        }
        trim();
        return new Verdict<>(again, givenUp, succeeded.isEmpty() && fresh);
    }

    /** Whether an item failed when it was tried last. */
    public boolean isFailing(K item) {
        return failures.containsKey(item);
    }

    /** Whether an item was given up. */
    public boolean isGivenUp(K item) {
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
