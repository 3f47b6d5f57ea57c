package io.hindcast.news.archive;

import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.news.NewsBus;
import io.hindcast.news.NewsIntake;
import io.hindcast.news.NewsStatus;
import io.hindcast.runtime.MarketClock;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a tape of articles at the market's clock. What was published before the market went live is history; everything
 * after is found when the clock gets there, and the time at which that was really so is what is recorded, also if that
 * was late.
 *
 * <p>Articles go one after the other in order of publication, each until it is recorded, and one that failed stays the
 * next. So what was recorded last shows where to go on after a stop: from its time on, since several may share it.
 * Whatever is sent again is dropped.
 */
public final class NewsPlayer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NewsPlayer.class);

    private static final long ANSWER_SECONDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final NewsTape tape;
    private final MarketClock clock;
    private final Instant from;
    private final Instant liveFrom;
    private final NewsBus bus;
    private final NewsIntake intake;
    private final Outages outages;
    private final SupervisedLoop loop;
    private final CountDownLatch history = new CountDownLatch(1);

    /** From what was published then; meaningless before {@link #day} is known. */
    private Instant begin = Instant.MIN;
    /** Day of the next article; null before that is known. */
    private @Nullable LocalDate day;
    /** Place of the next article among those of its day. */
    private int index;

    /**
     * @param from what was published before is left out: there are no candles to go with it
     * @param liveFrom where the market went live on its first start
     */
    public NewsPlayer(
            NewsTape tape,
            MarketClock clock,
            Instant from,
            Instant liveFrom,
            NewsBus bus,
            NewsIntake intake,
            SupervisedLoop.Ground ground) {
        this.tape = tape;
        this.clock = clock;
        this.from = from;
        this.liveFrom = liveFrom;
        this.bus = bus;
        this.intake = intake;
        this.outages = ground.outages();
        this.loop = new SupervisedLoop(
                NewsStatus.part(tape.channel()),
                "The article is sent again until it is recorded, and no other one before it: nothing is left out.",
                ground,
                () -> {
                    if (!playNext()) {
                        new CountDownLatch(1).await(); // until it is stopped
                    }
                },
                history::countDown);
    }

    public void start() {
        tape.estimates()
                .ifPresent(
                        estimates -> outages.lost(
                                NewsStatus.part(tape.channel()),
                                tape.description() + ": " + estimates,
                                "Nothing has to be done; with moments and zones, such as 2022-01-31T08:00:00Z, they are visible earlier."));
        loop.start();
    }

    /** Waits until all that was published before the market went live is recorded; false if that takes longer. */
    public boolean awaitHistory(Duration atMost) throws InterruptedException {
        return history.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Plays to the end of tape or market. */
    public void play() throws InterruptedException {
        while (playNext()) {
            log.trace("News: {} goes on", tape.description());
        }
    }

    /**
     * Plays the next article, waiting for its time. False at the end of tape or market.
     *
     * @throws IllegalStateException if it could not be recorded; it stays the next one
     */
    private boolean playNext() throws InterruptedException {
        if (day == null) {
            begin = goesOnAt();
            log.info("News: {}, from {}", tape.description(), begin);
            day = dayOf(begin);
        }
        Instant last = tape.last().orElse(Instant.MAX);
        for (; !startOf(day).isAfter(last); day = day.plusDays(1), index = 0) {
            if (!startOf(day).isBefore(liveFrom)) {
                history.countDown();
            }
            // Generated tapes have no end: never go further ahead than the market.
            if (index == 0 && startOf(day).isAfter(liveFrom) && !clock.awaitTime(startOf(day))) {
                return false;
            }
            for (List<TapeArticle> articles = tape.day(day); index < articles.size(); index++) {
                TapeArticle article = articles.get(index);
                Instant published = article.published().at();
                boolean live = !published.isBefore(liveFrom);
                if (live) {
                    history.countDown();
                }
                if (!published.isBefore(begin)) {
                    if (live && !clock.awaitTime(published)) {
                        return false;
                    }
                    send(article, live);
                    index++;
                    return true;
                }
            }
        }
        history.countDown();
        log.info("News: {} was played to its end", tape.description());
        return false;
    }

    private void send(TapeArticle article, boolean live) throws InterruptedException {
        intake.send(
                new DiscoverArticle(
                        article.url(),
                        tape.channel(),
                        article.source(),
                        article.symbols(),
                        article.title(),
                        article.summary(),
                        article.published(),
                        live ? ArticleOrigin.LIVE : ArticleOrigin.HISTORY,
                        live ? clock.instant() : article.published().at()),
                Optional.empty());
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
    public void close() {
        loop.stop(PATIENCE);
    }
}
