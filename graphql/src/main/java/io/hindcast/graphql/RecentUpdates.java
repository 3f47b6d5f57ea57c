package io.hindcast.graphql;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The updates that came last, to let each through once: where several query processes follow the log, each of them
 * emits every update, so that none is lost with one of them. For one subscription, whose updates come one after
 * another.
 */
final class RecentUpdates {

    /** Processes are at most as far apart as their places at the head of the log are, which is a few events. */
    private static final int REMEMBERED = 256;

    private final Map<Object, Boolean> recent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether nothing equal has come recently; notes it. */
    boolean isNew(Object update) {
        return recent.put(update, true) == null;
    }
}
