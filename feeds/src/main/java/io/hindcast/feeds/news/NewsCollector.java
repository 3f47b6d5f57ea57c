package io.hindcast.feeds.news;

import io.hindcast.feeds.news.page.SavedPages;
import io.hindcast.feeds.news.page.UnrecognisedPageException;
import io.hindcast.feeds.news.web.FetchException;
import io.hindcast.runtime.Waits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through all sources at once when it starts and then by the schedule, each on a thread of its own, so that one that is slow or
 * broken holds up no other. Nothing a source does can end it.
 */
public final class NewsCollector implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NewsCollector.class);

    private final List<NewsSource> sources;
    private final NewsIntake intake;
    private final Schedule schedule;
    private final InstantSource wallClock;
    private final Waits waits;
    private final SavedPages savedPages;
    private final NewsStatus status;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    /** @param wallClock whose time the schedule follows */
    public NewsCollector(
            List<NewsSource> sources,
            NewsIntake intake,
            Schedule schedule,
            InstantSource wallClock,
            Waits waits,
            SavedPages savedPages,
            NewsStatus status) {
        this.sources = List.copyOf(sources);
        this.intake = intake;
        this.schedule = schedule;
        this.wallClock = wallClock;
        this.waits = waits;
        this.savedPages = savedPages;
        this.status = status;
    }

    public synchronized void start() {
        for (NewsSource source : sources) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("news-" + source.channel())
                    .start(() -> follow(source)));
        }
    }

    private void follow(NewsSource source) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                collect(source);
                Instant now = wallClock.instant();
                waits.pause(Duration.between(now, schedule.after(now)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            source.close();
        }
    }

    /** Looks through one source now. */
    public void collect(NewsSource source) throws InterruptedException {
        String channel = source.channel();
        Reports reports = new Reports(channel);
        try {
            source.collect(intake, reports);
            if (!reports.needy) {
                status.succeeded(channel, intake.now());
                said.removeIf(line -> line.startsWith(channel + ' '));
            }
        } catch (FetchException e) {
            reports.failed(e);
            status.problem(channel, String.valueOf(e.getMessage()));
        } catch (UnrecognisedPageException e) {
            reports.unrecognised(e);
            status.problem(channel, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("News of {} could not be collected", channel, e);
            status.failure(channel, "ERROR");
            status.problem(channel, e.toString());
        }
        if (!reports.needy) {
            status.needsNothing(channel);
        }
    }

    @Override
    public synchronized void close() {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    private final class Reports implements NewsSource.Reporter {

        private final String channel;
        private boolean needy;

        Reports(String channel) {
            this.channel = channel;
        }

        @Override
        public void failed(FetchException failure) {
            log.warn("News of {}: {}", channel, failure.getMessage());
            status.failure(channel, failure.reason().name());
        }

        @Override
        public void unrecognised(UnrecognisedPageException page) {
            status.unrecognised(channel);
            String copy = savedPages
                    .save(page, channel, intake.now())
                    .map(Path::toString)
                    .map(file -> "; a copy is in " + file)
                    .orElse("");
            log.warn("News of {}: {}{}", channel, page.getMessage(), copy);
        }

        @Override
        public void limited(String what) {
            log.info("News of {}: {}", channel, what);
            status.limited(channel);
        }

        @Override
        public void needs(String whatToDo) {
            needy = true;
            status.needs(channel, whatToDo);
            status.failure(channel, "NEEDS");
            if (said.add(channel + ' ' + whatToDo)) {
                log.warn("{}", whatToDo);
            }
        }
    }
}
