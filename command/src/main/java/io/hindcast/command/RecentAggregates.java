package io.hindcast.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the aggregates used last, a bounded number of them, in memory. Axon's own {@code WeakReferenceCache} lets go of
 * them at any garbage collection, after which the next live bar would wait for a day of events to be read.
 */
final class RecentAggregates implements Cache {

    private final Map<Object, Object> entries;
    private final Set<EntryListener> listeners = new CopyOnWriteArraySet<>();

    RecentAggregates(int limit) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
                return size() > limit;
            }
        };
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"
    }) // Axon's Cache is not annotated: a miss is null.
    public <K, V> V get(K key) {
        Object value = found(key);
        if (value != null) {
            listeners.forEach(listener -> listener.onEntryRead(key, value));
        }
        return (V) value;
    }

    private synchronized @Nullable Object found(Object key) {
        return entries.get(key);
    }

    @Override
    public void put(Object key, Object value) {
        Object before;
        synchronized (this) {
            before = entries.put(key, value);
        }
        listeners.forEach(listener -> {
            if (before == null) {
                listener.onEntryCreated(key, value);
            } else {
                listener.onEntryUpdated(key, value);
            }
        });
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        synchronized (this) {
            if (entries.putIfAbsent(key, value) != null) {
                return false;
            }
        }
        listeners.forEach(listener -> listener.onEntryCreated(key, value));
        return true;
    }

    @Override
    public boolean remove(Object key) {
        boolean held;
        synchronized (this) {
            held = entries.remove(key) != null;
        }
        if (held) {
            listeners.forEach(listener -> listener.onEntryRemoved(key));
        }
        return held;
    }

    @Override
    public void removeAll() {
        Object[] keys;
        synchronized (this) {
            keys = entries.keySet().toArray();
        }
        for (Object key : keys) {
            remove(key);
        }
    }

    @Override
    public synchronized boolean containsKey(Object key) {
        return entries.containsKey(key);
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
        entries.computeIfPresent(key, (k, value) -> update.apply((V) value));
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
