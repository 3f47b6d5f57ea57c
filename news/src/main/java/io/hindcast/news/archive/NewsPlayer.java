package io.hindcast.news.archive;

import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.news.ArticleSender;
import io.hindcast.news.NewsBus;
import io.hindcast.news.NewsStatus;
import io.hindcast.runtime.MarketClock;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
 * Plays a tape of articles at market time. Articles published before the market went live are recorded as history at
 * once; later ones are recorded as live when the clock reaches their time of publication, first seen at the actual
 * market time even if that is late.
 *
 * <p>Articles are sent one after the other in order of publication, each until it is recorded or refused. After a
 * restart playback resumes at the publication time of the last recorded article, since several may share it; repeated
 * ones are dropped by the aggregate.
 */
public final class NewsPlayer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NewsPlayer.class);

    private static final long QUERY_TIMEOUT_SECONDS = 20;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final NewsTape tape;
    private final MarketClock clock;
    private final Instant from;
    private final Instant liveFrom;
    private final NewsBus bus;
    private final ArticleSender sender;
    private final Outages outages;
    private final SupervisedLoop loop;
    private final CountDownLatch history = new CountDownLatch(1);

    /** Publication time at which this run begins; valid once {@link #day} is set. */
    private Instant begin = Instant.MIN;
    /** Day of the next article; null before the run has begun. */
    private @Nullable LocalDate day;
    /** Index of the next article within its day. */
    private int index;

    /**
     * @param from articles published earlier are left out: there are no candles to go with them
     * @param liveFrom market time at which the market went live on its first start
     */
    public NewsPlayer(
            NewsTape tape,
            MarketClock clock,
            Instant from,
            Instant liveFrom,
            NewsBus bus,
            ArticleSender sender,
            SupervisedLoop.Context loopContext) {
        this.tape = tape;
        this.clock = clock;
        this.from = from;
        this.liveFrom = liveFrom;
        this.bus = bus;
        this.sender = sender;
        this.outages = loopContext.outages();
        this.loop = new SupervisedLoop(
                NewsStatus.part(tape.channel()),
                "The article is sent again until it is recorded, and no other one before it: nothing is left out.",
                loopContext,
                () -> {
                    if (!playNext()) {
                        new CountDownLatch(1).await(); // until the loop is stopped
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

    /** Waits until all articles of history are recorded; returns false if that takes longer than {@code timeout}. */
    public boolean awaitHistory(Duration timeout) throws InterruptedException {
        return history.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Plays to the end of the tape or the market, on the calling thread. */
    public void play() throws InterruptedException {
        while (playNext()) {
            log.trace("News: {} continues", tape.description());
        }
    }

    /**
     * Plays the next article, waiting for its time; returns false at the end of the tape or the market.
     *
     * @throws IllegalStateException if the article could not be recorded; it stays the next one
     */
    private boolean playNext() throws InterruptedException {
        if (day == null) {
            begin = resumeTime();
            log.info("News: {}, from {}", tape.description(), begin);
            day = UtcDay.of(begin);
        }
        Instant last = tape.last().orElse(Instant.MAX);
        for (; !UtcDay.start(day).isAfter(last); day = day.plusDays(1), index = 0) {
            if (!UtcDay.start(day).isBefore(liveFrom)) {
                history.countDown();
            }
            // Generated tapes have no end: never read days ahead of the market.
            if (index == 0 && UtcDay.start(day).isAfter(liveFrom) && !clock.awaitTime(UtcDay.start(day))) {
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
        log.info("News: {} has ended", tape.description());
        return false;
    }

    private void send(TapeArticle article, boolean live) throws InterruptedException {
        sender.send(
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

    private Instant resumeTime() throws InterruptedException {
        Instant begin = from.isAfter(tape.first()) ? from : tape.first();
        try {
            return bus.progress(tape.channel())
                    .get(QUERY_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .filter(begin::isBefore)
                    .orElse(begin);
        } catch (ExecutionException | TimeoutException e) {
            log.info(
                    "News: the progress of {} is unknown ({}); playback starts at the beginning",
                    tape.description(),
                    e.getMessage());
            return begin;
        }
    }

    @Override
    public void close() {
        loop.stop(STOP_TIMEOUT);
    }
}
