package io.hindcast.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class OutageAnnouncerTest {

    private final Outages outages = new Outages(() -> Instant.EPOCH);
    private final List<String> announced = new ArrayList<>();
    private final OutageAnnouncer announcer = new OutageAnnouncer(
            () -> {},
            new SupervisedLoop.Context(
                    new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
                    WallTimer.system(),
                    new Random(1),
                    outages,
                    new SimpleMeterRegistry()),
            announced::add);

    @Test
    void announcesAnOutageOnceAndItsEndOnce() {
        outages.down("the database", "The database does not answer", "Start it.");
        announcer.update();
        announcer.update();
        outages.down("the database", "The database does not answer, in other words", "Start it.");
        announcer.update();
        assertThat(announced).containsExactly("hindcast: The database does not answer. Start it.");
        outages.over("the database");
        announcer.update();
        announcer.update();
        assertThat(announced).hasSize(2).last().asString().contains("the database", "is over");
    }

    @Test
    void doesNotAnnounceBriefOutages() {
        outages.down("the database", "It does not answer.", "Start it.");
        announcer.update();
        outages.over("the database");
        announcer.update();
        assertThat(announced).isEmpty();
    }

    @Test
    void announcesOutagesOfSeveralPartsSeparately() {
        outages.down("a", "A is away.", "Wait.");
        announcer.update();
        outages.degraded("b", "B is away.", "Wait.");
        announcer.update();
        announcer.update();
        outages.over("a");
        announcer.update();
        assertThat(announced)
                .containsExactly(
                        "hindcast: A is away. Wait.", "hindcast: B is away. Wait.", "The outage of a is over.");
    }

    @Test
    void announcesEachLossOnceAndImmediately() {
        outages.lost("history of BTCUSDT", "3 rows are off the minute", "Nothing has to be done: the rest is used.");
        outages.lost("history of BTCUSDT", "3 rows are off the minute", "Nothing has to be done: the rest is used.");
        announcer.update();
        outages.lost("news", "1 item has no date", "Nothing has to be done.");
        announcer.update();
        announcer.update();
        assertThat(announced)
                .containsExactly(
                        "hindcast: 3 rows are off the minute. Nothing has to be done: the rest is used.",
                        "hindcast: 1 item has no date. Nothing has to be done.");
    }

    @Test
    void onlyADownPartMakesTheProcessNotReady() {
        outages.lost("news", "1 item has no date", "Nothing has to be done.");
        outages.degraded("news of yahoo", "No browser was found", "Install Chromium.");
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails().toString()).contains("1 item has no date", "Install Chromium.");
        outages.down("feed of BTCUSDT", "BTCUSDT is not traded: BREAK", "Nothing has to be done: it is checked again.");
        assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        outages.over("feed of BTCUSDT");
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    private Health health() {
        return new OutagesHealth(outages).health();
    }
}
