package io.hindcast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoundedMapTest {

    @Test
    void removesTheEntryUsedLongestAgo() {
        BoundedMap<String, Integer> map = new BoundedMap<>(2);
        map.put("a", 1);
        map.put("b", 2);
        assertThat(map.get("a")).isEqualTo(1);
        map.put("c", 3);
        assertThat(map).containsOnlyKeys("a", "c");
    }

    @Test
    void refusesALimitBelowOne() {
        assertThatThrownBy(() -> new BoundedMap<String, String>(0)).hasMessageContaining("limit was 0");
    }
}
