package io.hindcast.feeds.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.RefusedException;
import io.hindcast.feeds.FakeWaits;
import io.hindcast.feeds.news.page.SavedPages;
import io.hindcast.runtime.Waits;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsCollectorTest {

    private static final Instant NOW = Instant.parse("2022-02-01T09:07:00Z");

    @TempDir
    Path folder;

    /** Time goes by in waits only, each of which the test lets pass. */
    private static final class Steps implements Waits, InstantSource {
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
    void looksAtOnceAndThenByTheScheduleWhateverGoesWrong() {
        Steps steps = new Steps();
        List<Instant> looked = Collections.synchronizedList(new ArrayList<>());
        NewsSource source = new NewsSource() {
            @Override
            public String channel() {
                return "test";
            }

            @Override
            public void collect(NewsIntake intake, Reporter reporter) {
                looked.add(steps.instant());
                if (looked.size() == 2) {
                    throw new IllegalStateException("anything");
                }
            }
        };
        NewsStatus status = new NewsStatus(new SimpleMeterRegistry(), steps);
        try (NewsCollector collector = new NewsCollector(
                List.of(source),
                new NewsIntake(new FakeNewsBus(), steps, steps, new Random(1), status),
                new Schedule(Duration.ofMinutes(30)),
                steps,
                steps,
                new SavedPages(folder),
                status)) {
            collector.start();
            await().until(() -> looked.size() == 1 && steps.pauses.size() == 1);
            steps.allowed.release();
            await().until(() -> looked.size() == 2 && steps.pauses.size() == 2);
            assertThat(status.problem("test").orElseThrow()).contains("anything");
            steps.allowed.release();
            await().until(() -> looked.size() == 3 && steps.pauses.size() == 3);
            assertThat(status.problem("test")).isEmpty();
        }
        assertThat(looked)
                .containsExactly(NOW, Instant.parse("2022-02-01T09:30:00Z"), Instant.parse("2022-02-01T10:00:00Z"));
    }

    @Test
    void refusesAScheduleThatWouldBeRudeOrNeverCome() {
        for (Duration period : List.of(Duration.ofSeconds(59), Duration.ofHours(25), Duration.ZERO)) {
            assertThatThrownBy(() -> new Schedule(period)).isInstanceOf(RefusedException.class);
        }
        assertThat(new Schedule(Duration.ofMinutes(30)).after(Instant.parse("2022-02-01T09:30:00Z")))
                .isEqualTo("2022-02-01T10:00:00Z");
    }

    @Test
    void countsARefusedArticleAndGoesOn() throws Exception {
        FakeWaits waits = new FakeWaits(NOW);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        NewsIntake intake =
                new NewsIntake(new FakeNewsBus(), waits, waits, new Random(1), new NewsStatus(meters, waits));
        FoundArticle refused = new FoundArticle(
                new io.hindcast.api.news.ArticleUrl("https://example.com/a"),
                "Example",
                List.of(new io.hindcast.api.market.Symbol("BTCUSDT")),
                "REFUSED",
                "",
                java.util.Optional.empty(),
                java.util.Optional.empty());
        assertThat(intake.take("test", refused)).isFalse();
        assertThat(meters.get("hindcast.news.articles")
                        .tag("outcome", "REFUSED")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
