package io.hindcast.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of limited size that evicts the least recently used entry. Not thread-safe. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int limit;

    /**
     * Creates an empty map.
     *
     * @param limit maximum number of entries, 1 or more
     */
    public BoundedMap(int limit) {
        super(16, 0.75f, true);
        if (limit < 1) {
            throw new IllegalArgumentException("limit was " + limit + ", expected 1 or more");
        }
        this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > limit;
    }
}
