package io.hindcast.graphql;

import io.hindcast.runtime.BoundedMap;

/**
 * The latest updates of one subscription, to drop repeated ones: where several query processes follow the log, each of
 * them emits every update, so that none is lost with one of them. Not thread-safe: updates of a subscription come one
 * after another.
 */
final class RecentUpdates {

    /** Processes differ by a few events in how far they have read the log. */
    private static final int REMEMBERED = 256;

    private final BoundedMap<Object, Boolean> recent = new BoundedMap<>(REMEMBERED);

    /** Remembers an update and returns whether no equal one came recently. */
    boolean isNew(Object update) {
        return recent.put(update, true) == null;
    }
}
