package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentUpdatesTest {

    private final RecentUpdates recent = new RecentUpdates();

    @Test
    void dropsUpdatesThatASecondProcessEmits() {
        assertThat(IntStream.of(1, 1, 2, 3, 2, 3, 4).filter(recent::isNew)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void remembersOnlyTheLatestUpdates() {
        assertThat(IntStream.range(0, 1_000).filter(recent::isNew)).hasSize(1_000);
        assertThat(recent.isNew(999)).isFalse();
        assertThat(recent.isNew(0)).isTrue();
    }
}
