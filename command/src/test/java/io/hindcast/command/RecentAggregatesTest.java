package io.hindcast.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentAggregatesTest {

    private final RecentAggregates cache = new RecentAggregates(2);

    @Test
    void removesAggregateUsedLongestAgo() {
        cache.put("a", 1);
        cache.put("b", 2);
        assertThat(cache.<String, Integer>get("a")).isEqualTo(1);
        cache.put("c", 3);
        assertThat(cache.containsKey("b")).isFalse();
        assertThat(cache.containsKey("a")).isTrue();
        assertThat(cache.containsKey("c")).isTrue();
    }

    @Test
    void keepsAggregatesThroughGarbageCollection() {
        cache.put("a", new long[1000]);
        System.gc();
        assertThat(cache.containsKey("a")).isTrue();
    }

    @Test
    void putsOnlyIfAbsent() {
        assertThat(cache.putIfAbsent("a", 1)).isTrue();
        assertThat(cache.putIfAbsent("a", 2)).isFalse();
        assertThat(cache.<String, Integer>get("a")).isEqualTo(1);
    }

    @Test
    void removesAggregates() {
        cache.put("a", 1);
        assertThat(cache.remove("a")).isTrue();
        assertThat(cache.remove("a")).isFalse();
        cache.put("b", 1);
        cache.removeAll();
        assertThat(cache.containsKey("b")).isFalse();
    }
}
