package io.hindcast.feeds.news.archive;

import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.feeds.news.NewsBus;
import io.hindcast.feeds.news.NewsIntake;
import io.hindcast.feeds.simulator.MarketTime;
import io.hindcast.runtime.Waits;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a tape of articles at the market's clock. What was published before the market went live is history; everything after is found
 * when the clock gets there, and the time at which that was really so is what it says, also if that was late.
 *
 * <p>Articles go one after the other in order of publication, each until it is recorded. So what was recorded last tells where to go
 * on after a stop: from its time on, since several may share it. Whatever is sent again is dropped by the house.
 */
public final class NewsPlayer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NewsPlayer.class);

    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final long ANSWER_SECONDS = 20;

    private final NewsTape tape;
    private final MarketTime clock;
    private final Instant from;
    private final Instant liveFrom;
    private final NewsBus bus;
    private final NewsIntake intake;
    private final Waits waits;
    private final CountDownLatch history = new CountDownLatch(1);
    private @Nullable Thread thread;

    /**
     * @param from what was published before is left out: there are no candles to go with it
     * @param liveFrom where the market went live on its first start
     */
    public NewsPlayer(
            NewsTape tape,
            MarketTime clock,
            Instant from,
            Instant liveFrom,
            NewsBus bus,
            NewsIntake intake,
            Waits waits) {
        this.tape = tape;
        this.clock = clock;
        this.from = from;
        this.liveFrom = liveFrom;
        this.bus = bus;
        this.intake = intake;
        this.waits = waits;
    }

    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("news-player").start(this::follow);
    }

    private void follow() {
        try {
            play();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            history.countDown();
        }
    }

    /** Waits until all that was published before the market went live is recorded; false if that takes longer. */
    public boolean awaitHistory(Duration atMost) throws InterruptedException {
        return history.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Plays to the end of tape or market. */
    public void play() throws InterruptedException {
        Instant begin = goesOnAt();
        Instant last = tape.last().orElse(Instant.MAX);
        log.info("News: {}, from {}", tape.description(), begin);
        for (LocalDate day = dayOf(begin); !startOf(day).isAfter(last); day = day.plusDays(1)) {
            if (!startOf(day).isBefore(liveFrom)) {
                history.countDown();
            }
            // Generated tapes have no end: never go further ahead than the market.
            if (startOf(day).isAfter(liveFrom) && !clock.awaitTime(startOf(day))) {
                return;
            }
            for (TapeArticle article : tape.day(day)) {
                boolean live = !article.published().isBefore(liveFrom);
                if (live) {
                    history.countDown();
                }
                if (!article.published().isBefore(begin) && live && !clock.awaitTime(article.published())) {
                    return;
                }
                if (!article.published().isBefore(begin)) {
                    send(article, live);
                }
            }
        }
        history.countDown();
        log.info("News: {} was played to its end", tape.description());
    }

    private void send(TapeArticle article, boolean live) throws InterruptedException {
        while (true) {
            Instant seen = live ? clock.instant() : article.published();
            try {
                intake.send(
                        new DiscoverArticle(
                                article.url(),
                                tape.channel(),
                                article.source(),
                                article.symbols(),
                                article.title(),
                                article.summary(),
                                PublishedTime.stated(article.published()),
                                live ? ArticleOrigin.LIVE : ArticleOrigin.HISTORY,
                                seen),
                        Optional.empty());
                return;
            } catch (IllegalStateException e) {
                log.warn("{}; it is sent again, nothing is left out", e.getMessage());
                waits.pause(AGAIN);
            }
        }
    }

    private Instant goesOnAt() throws InterruptedException {
        Instant begin = from.isAfter(tape.first()) ? from : tape.first();
        try {
            return bus.progress(tape.channel())
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .filter(begin::isBefore)
                    .orElse(begin);
        } catch (ExecutionException | TimeoutException e) {
            log.info(
                    "News: where {} goes on is not known ({}); it is sent from its begin",
                    tape.description(),
                    e.getMessage());
            return begin;
        }
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
