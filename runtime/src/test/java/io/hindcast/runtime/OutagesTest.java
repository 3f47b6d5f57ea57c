package io.hindcast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutagesTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Outages outages = new Outages(() -> now);

    @Test
    void keepsTheStartOfAnOutageUntilItIsOver() {
        Instant began = now;
        outages.down("feed of BTCUSDT", "The stream closes.", "Check the network.");
        now = now.plusSeconds(60);
        outages.degraded("feed of BTCUSDT", "The stream is slow", "Nothing has to be done.");
        outages.degraded("article reader", "The store is away.", "Start it.");

        assertThat(outages.current()).extracting(Outage::part).containsExactly("article reader", "feed of BTCUSDT");
        assertThat(outages.current().getLast())
                .isEqualTo(new Outage(
                        "feed of BTCUSDT",
                        Outage.Severity.DEGRADED,
                        "The stream is slow",
                        "Nothing has to be done.",
                        began));
        assertThat(outages.current().getLast().summary()).isEqualTo("The stream is slow. Nothing has to be done.");

        outages.over("feed of BTCUSDT");
        outages.over("something that never failed");

        assertThat(outages.current()).extracting(Outage::part).containsExactly("article reader");
    }

    @Test
    void keepsEachLossOnce() {
        outages.lost("news", "The page of example.com was given up.", "Nothing has to be done.");
        now = now.plusSeconds(1);
        outages.lost("news", "The page of example.com was given up.", "Nothing has to be done.");
        outages.lost("news", "The page of example.org was given up.", "Nothing has to be done.");
        outages.over("news");

        assertThat(outages.losses())
                .extracting(Outage::problem)
                .containsExactly("The page of example.com was given up.", "The page of example.org was given up.");
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void dropsTheOldestLossesAndReturnsTheNewOnes() {
        for (int i = 0; i < Outages.LOSSES_KEPT + 50; i++) {
            outages.lost("news", "Page " + i, "");
        }

        assertThat(outages.losses()).hasSize(Outages.LOSSES_KEPT);
        assertThat(outages.losses().getFirst().problem()).isEqualTo("Page 50");
        assertThat(outages.lossesReported()).isEqualTo(Outages.LOSSES_KEPT + 50);
        assertThat(outages.lossesAfter(Outages.LOSSES_KEPT + 48))
                .extracting(Outage::problem)
                .containsExactly("Page 248", "Page 249");
        assertThat(outages.lossesAfter(0)).hasSize(Outages.LOSSES_KEPT);
        assertThat(outages.lossesAfter(1_000)).isEmpty();
    }
}
