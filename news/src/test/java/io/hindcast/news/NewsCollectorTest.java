package io.hindcast.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.RefusedException;
import io.hindcast.news.page.SavedPages;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FakeWallTimer;
import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsCollectorTest {

    private static final Instant NOW = Instant.parse("2022-02-01T09:07:00Z");

    @TempDir
    Path folder;

    /** A clock that advances only in waits, each of which the test releases. */
    private static final class Steps implements WallTimer, InstantSource {
        private final Semaphore allowed = new Semaphore(0);
        private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
        private volatile Instant now = NOW;

        @Override
        public long nanoTime() {
            return Duration.between(NOW, now).toNanos();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            pauses.add(time);
            allowed.acquire();
            now = now.plus(time);
        }

        @Override
        public Cancellable after(Duration time, Runnable action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void collectsAtStartAndThenByScheduleDespiteFailures() {
        Steps steps = new Steps();
        List<Instant> looked = Collections.synchronizedList(new ArrayList<>());
        NewsSource source = new NewsSource() {
            @Override
            public String channel() {
                return "test";
            }

            @Override
            public void collect(ArticleIntake intake, Reporter reporter) {
                looked.add(steps.instant());
                if (looked.size() == 2) {
                    throw new IllegalStateException("anything");
                }
            }
        };
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Outages outages = new Outages(steps);
        NewsStatus status = new NewsStatus(meters, steps, outages);
        try (NewsCollector collector = new NewsCollector(
                List.of(source),
                intake(steps, steps, status),
                new CollectionSchedule(Duration.ofMinutes(30)),
                steps,
                loopContext(steps, outages, meters),
                new SavedPages(folder),
                status)) {
            collector.start();
            await().until(() -> looked.size() == 1 && steps.pauses.size() == 1);
            steps.allowed.release();
            await().until(() -> looked.size() == 2 && steps.pauses.size() == 2);
            assertThat(outages.current())
                    .singleElement()
                    .matches(outage -> outage.part().equals("news from test")
                            && outage.severity() == Outage.Severity.DEGRADED
                            && outage.problem().contains("anything"));
            steps.allowed.release();
            await().until(() -> looked.size() == 3 && steps.pauses.size() == 3);
            assertThat(outages.current()).isEmpty();
        }
        assertThat(looked)
                .containsExactly(NOW, Instant.parse("2022-02-01T09:30:00Z"), Instant.parse("2022-02-01T10:00:00Z"));
    }

    @Test
    void refusesSchedulePeriodOutOfRange() {
        for (Duration period : List.of(Duration.ofSeconds(59), Duration.ofHours(25), Duration.ZERO)) {
            assertThatThrownBy(() -> new CollectionSchedule(period)).isInstanceOf(RefusedException.class);
        }
        assertThat(new CollectionSchedule(Duration.ofMinutes(30)).after(Instant.parse("2022-02-01T09:30:00Z")))
                .isEqualTo("2022-02-01T10:00:00Z");
    }

    @Test
    void countsRefusedArticleAndContinues() throws Exception {
        FakeWallTimer waits = new FakeWallTimer(NOW);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Outages outages = new Outages(waits);
        ArticleIntake intake = intake(waits, waits, new NewsStatus(meters, waits, outages));
        CollectedArticle refused = new CollectedArticle(
                new io.hindcast.api.news.ArticleUrl("https://example.com/a"),
                "Example",
                List.of(new io.hindcast.api.market.Symbol("BTCUSDT")),
                "REFUSED",
                "",
                java.util.Optional.empty(),
                java.util.Optional.empty());
        assertThat(intake.accept("test", refused)).isFalse();
        assertThat(meters.get("hindcast.news.articles")
                        .tag("outcome", "REFUSED")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(outages.losses())
                .singleElement()
                .matches(lost -> lost.part().equals("news from test")
                        && lost.problem().contains("refused")
                        && !lost.remedy().isBlank());
    }

    @Test
    void errorInOneSourceStopsNeitherItNorOthers() {
        WallTimer real = WallTimer.system();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Outages outages = new Outages(InstantSource.system());
        NewsStatus status = new NewsStatus(meters, InstantSource.system(), outages);
        AtomicInteger turns = new AtomicInteger();
        AtomicBoolean healed = new AtomicBoolean();
        NewsSource failing = source("failing", () -> {
            turns.incrementAndGet();
            if (!healed.get()) {
                throw new NoClassDefFoundError("a part of the program");
            }
        });
        NewsSource sound = source("sound", () -> {});
        try (NewsCollector collector = new NewsCollector(
                List.of(failing, sound),
                intake(InstantSource.system(), real, status),
                new CollectionSchedule(Duration.ofMinutes(30)),
                InstantSource.system(),
                loopContext(real, outages, meters),
                new SavedPages(folder),
                status)) {
            collector.start();
            await().until(() -> turns.get() >= 3 && status.lastSuccess("sound").isPresent());
            assertThat(outages.current())
                    .singleElement()
                    .matches(outage -> outage.part().equals("news from failing")
                            && outage.problem().contains("a part of the program"));
            assertThat(meters.get("hindcast.loop.failures")
                            .tag("part", "news from failing")
                            .counter()
                            .count())
                    .isGreaterThanOrEqualTo(2);
            healed.set(true);
            await().until(() -> status.lastSuccess("failing").isPresent()
                    && outages.current().isEmpty());
        }
    }

    private static ArticleIntake intake(InstantSource marketClock, WallTimer waits, NewsStatus status) {
        return new ArticleIntake(new ArticleSender(new FakeNewsBus(), waits, new Random(1), status), marketClock);
    }

    private static NewsSource source(String channel, Runnable work) {
        return new NewsSource() {
            @Override
            public String channel() {
                return channel;
            }

            @Override
            public void collect(ArticleIntake intake, Reporter reporter) {
                work.run();
            }
        };
    }

    private static SupervisedLoop.Context loopContext(WallTimer waits, Outages outages, SimpleMeterRegistry meters) {
        return new SupervisedLoop.Context(
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)), waits, new Random(1), outages, meters);
    }
}
