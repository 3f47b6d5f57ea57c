package io.hindcast.news.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.ArticleSender;
import io.hindcast.news.FakeNewsBus;
import io.hindcast.news.NewsStatus;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FakeWallTimer;
import io.hindcast.runtime.MarketClock;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsPlayerTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant MIDNIGHT = Instant.parse("2024-01-02T00:00:00Z");
    private static final Instant FROM = MIDNIGHT.minus(Duration.ofDays(1));
    private static final Instant LIVE = MIDNIGHT.plus(Duration.ofHours(12));

    /** One article an hour, for three days. */
    private static final NewsTape TAPE = new NewsTape() {
        private final List<TapeArticle> all = IntStream.range(0, 72)
                .mapToObj(hour -> new TapeArticle(
                        PublishedTime.stated(FROM.plus(Duration.ofHours(hour)).plusSeconds(30)),
                        new ArticleUrl("https://example.com/" + hour),
                        "Example",
                        List.of(BTC),
                        "Article " + hour,
                        ""))
                .toList();

        @Override
        public String channel() {
            return "archive:test";
        }

        @Override
        public String description() {
            return "test";
        }

        @Override
        public Optional<String> estimates() {
            return Optional.empty();
        }

        @Override
        public Instant first() {
            return all.getFirst().published().at();
        }

        @Override
        public Optional<Instant> last() {
            return Optional.of(all.getLast().published().at());
        }

        @Override
        public List<TapeArticle> day(LocalDate day) {
            return all.stream()
                    .filter(article -> UtcDay.of(article.published().at()).equals(day))
                    .toList();
        }
    };

    /** A clock that advances to each awaited time, up to its end; interrupts after a number of waits. */
    private static final class StepClock implements MarketClock {
        private Instant now;
        private final Instant end;
        private int waits;

        StepClock(Instant now, Instant end, int waits) {
            this.now = now;
            this.end = end;
            this.waits = waits;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public boolean awaitTime(Instant time) throws InterruptedException {
            if (waits-- == 0) {
                throw new InterruptedException("killed");
            }
            if (time.isAfter(end)) {
                return false;
            }
            now = time.isAfter(now) ? time : now;
            return true;
        }
    }

    private final FakeNewsBus bus = new FakeNewsBus();
    private final FakeWallTimer waits = new FakeWallTimer(MIDNIGHT);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Outages outages = new Outages(waits);

    private NewsPlayer player(MarketClock clock, NewsTape tape) {
        ArticleSender sender = new ArticleSender(bus, waits, new Random(1), new NewsStatus(meters, clock, outages));
        return new NewsPlayer(
                tape,
                clock,
                FROM,
                LIVE,
                bus,
                sender,
                new SupervisedLoop.Context(
                        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
                        waits,
                        new Random(1),
                        outages,
                        meters));
    }

    private List<DiscoverArticle> recorded() {
        return new ArrayList<>(bus.articles().values());
    }

    @Test
    void playsHistoryAtPublicationTimeAndTheRestLive() throws Exception {
        player(new StepClock(LIVE, Instant.MAX, -1), TAPE).play();
        assertThat(recorded()).hasSize(72).allSatisfy(article -> {
            assertThat(article.firstSeenAt()).isEqualTo(article.published().at());
            assertThat(article.origin())
                    .isEqualTo(article.firstSeenAt().isBefore(LIVE) ? ArticleOrigin.HISTORY : ArticleOrigin.LIVE);
        });
    }

    /** Articles dated by day, in history and live, are sent when their day is over, and marked as estimated. */
    @Test
    void sendsNoArticleBeforeItsDayIsOver(@TempDir Path folder) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            lines.append("{\"timestamp\":\"2024-01-0")
                    .append(1 + i / 4)
                    .append("\",\"title\":\"Article ")
                    .append(i)
                    .append("\",\"url\":\"https://example.com/")
                    .append(i)
                    .append("\"}\n");
        }
        Path file = Files.writeString(folder.resolve("days.jsonl"), lines);
        player(new StepClock(LIVE, Instant.MAX, -1), NewsArchive.open(file, List.of(BTC)))
                .play();
        assertThat(recorded()).hasSize(12);
        for (int i = 0; i < 12; i++) {
            Instant over = Instant.parse("2024-01-02T12:00:00Z").plus(Duration.ofDays(i / 4));
            DiscoverArticle article = recorded().get(i);
            assertThat(article.published()).isEqualTo(PublishedTime.estimated(over));
            assertThat(article.firstSeenAt()).isEqualTo(over);
            assertThat(article.origin()).isEqualTo(over.isBefore(LIVE) ? ArticleOrigin.HISTORY : ArticleOrigin.LIVE);
        }
    }

    @Test
    void resumesWithoutLossOrDuplicates() throws Exception {
        Random random = new Random(7);
        Instant now = LIVE;
        for (int life = 0; life < 20; life++) {
            StepClock clock = new StepClock(now, Instant.MAX, random.nextInt(9));
            bus.failNext(random.nextInt(4));
            try {
                player(clock, TAPE).play();
            } catch (InterruptedException killed) {
                // The market resumes a little earlier.
                now = clock.instant().minus(Duration.ofMinutes(random.nextInt(5)));
                now = now.isBefore(LIVE) ? LIVE : now;
            }
        }
        assertThat(recorded()).hasSize(72);
        assertThat(recorded())
                .extracting(DiscoverArticle::title)
                .containsExactlyElementsOf(
                        IntStream.range(0, 72).mapToObj(i -> "Article " + i).toList());
        assertThat(bus.commands()).as("resumes instead of starting over").isLessThan(72 + 20 * 6);
    }

    @Test
    void recordsActualTimeOfLateArticle() throws Exception {
        Instant late = LIVE.plus(Duration.ofHours(3));
        player(new StepClock(late, Instant.MAX, -1), TAPE).play();
        assertThat(recorded())
                .filteredOn(article -> article.published().at().isAfter(LIVE)
                        && article.published().at().isBefore(late))
                .hasSize(3)
                .allSatisfy(article -> assertThat(article.firstSeenAt()).isEqualTo(late));
    }

    @Test
    void retriesWhileBusIsUnavailable() {
        bus.failNext(17);
        try (NewsPlayer player = player(new StepClock(LIVE, Instant.MAX, -1), TAPE)) {
            player.start();
            await().until(() -> recorded().size() == 72);
        }
        assertThat(bus.commands()).as("only the failed one is sent twice").isEqualTo(72 + 17);
        assertThat(meters.get("hindcast.loop.failures")
                        .tag("part", "news from archive:test")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void reportsOutageUntilArticleIsRecorded() {
        bus.failNext(Integer.MAX_VALUE);
        try (NewsPlayer player = player(new StepClock(LIVE, Instant.MAX, -1), TAPE)) {
            player.start();
            await().until(() -> !outages.current().isEmpty());
            assertThat(outages.current()).singleElement().satisfies(outage -> {
                assertThat(outage.part()).isEqualTo("news from archive:test");
                assertThat(outage.problem()).contains("the bus is unavailable");
            });
            bus.failNext(0);
            await().until(() -> recorded().size() == 72 && outages.current().isEmpty());
        }
    }

    @Test
    void survivesAnythingThrownByTapeOrClock() {
        AtomicInteger asked = new AtomicInteger();
        NewsTape torn = new FailingTape(TAPE, () -> {
            switch (asked.incrementAndGet() % 3) {
                case 1 -> throw new IllegalArgumentException("unexpected");
                case 2 -> throw new StackOverflowError();
                default -> {}
            }
        });
        try (NewsPlayer player = player(new StepClock(LIVE, Instant.MAX, -1), torn)) {
            player.start();
            await().until(() -> recorded().size() == 72);
        }
        assertThat(recorded())
                .extracting(DiscoverArticle::title)
                .containsExactlyElementsOf(
                        IntStream.range(0, 72).mapToObj(i -> "Article " + i).toList());
    }

    @Test
    void reportsEstimatedTimesOnce() {
        NewsTape dated = new FailingTape(TAPE, () -> {}) {
            @Override
            public Optional<String> estimates() {
                return Optional.of("3 of 72 articles are dated by day.");
            }
        };
        for (int start = 0; start < 2; start++) {
            try (NewsPlayer player = player(new StepClock(LIVE, Instant.MAX, -1), dated)) {
                player.start();
            }
        }
        assertThat(outages.losses()).singleElement().satisfies(lost -> {
            assertThat(lost.part()).isEqualTo("news from archive:test");
            assertThat(lost.summary()).contains("3 of 72 articles", "2022-01-31T08:00:00Z");
        });
    }

    /** A tape that runs an action on every call of day. */
    private static class FailingTape implements NewsTape {
        private final NewsTape tape;
        private final Runnable first;

        FailingTape(NewsTape tape, Runnable first) {
            this.tape = tape;
            this.first = first;
        }

        @Override
        public String channel() {
            return tape.channel();
        }

        @Override
        public String description() {
            return tape.description();
        }

        @Override
        public Optional<String> estimates() {
            return tape.estimates();
        }

        @Override
        public Instant first() {
            return tape.first();
        }

        @Override
        public Optional<Instant> last() {
            return tape.last();
        }

        @Override
        public List<TapeArticle> day(LocalDate day) {
            first.run();
            return tape.day(day);
        }
    }

    @Test
    void stopsAtEndOfMarket() throws Exception {
        player(new StepClock(LIVE, LIVE.plus(Duration.ofHours(2)), -1), TAPE).play();
        assertThat(recorded()).hasSize(36 + 2);
    }

    @Test
    void awaitsRecordingOfHistory() throws Exception {
        NewsPlayer player = player(new StepClock(LIVE, Instant.MAX, 0), TAPE);
        assertThat(player.awaitHistory(Duration.ZERO)).isFalse();
        assertThatThrownBy(player::play).isInstanceOf(InterruptedException.class);
        assertThat(player.awaitHistory(Duration.ZERO)).isTrue();
        assertThat(recorded()).hasSize(36);
    }

    @Test
    void playsBesideSimulatedExchange() {
        SyntheticTape bars = new SyntheticTape(BTC, 1, LocalDate.of(2024, 1, 1));
        try (ExchangeSimulator exchange = new ExchangeSimulator(List.of(bars), LIVE, 400).start();
                NewsPlayer player = player(exchange, TAPE)) {
            player.start();
            await().until(() -> recorded().size() == 36);
            exchange.run();
            await().until(() -> recorded().size() == 72);
            assertThat(recorded().subList(36, 72))
                    .allSatisfy(article -> assertThat(article.firstSeenAt())
                            .isBetween(
                                    article.published().at(),
                                    article.published().at().plus(Duration.ofHours(12))));
        }
    }
}
