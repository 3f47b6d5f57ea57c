package io.hindcast.news;

import io.hindcast.news.page.SavedPages;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.web.FetchException;
import io.hindcast.runtime.SupervisedLoop;
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
 * Looks through all sources at once when it starts and then by the schedule, each in a loop of its own, so that one
 * that is slow or broken holds up no other. What a source cannot read is an outage of that source and of nothing else.
 */
public final class NewsCollector implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NewsCollector.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String NEXT_TURN = "It is read again at its next turn.";

    private final NewsIntake intake;
    private final SavedPages savedPages;
    private final NewsStatus status;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final List<SupervisedLoop> loops;

    /** @param wallClock whose time the schedule follows */
    public NewsCollector(
            List<NewsSource> sources,
            NewsIntake intake,
            Schedule schedule,
            InstantSource wallClock,
            SupervisedLoop.Ground ground,
            SavedPages savedPages,
            NewsStatus status) {
        this.intake = intake;
        this.savedPages = savedPages;
        this.status = status;
        this.loops = sources.stream()
                .map(source -> new SupervisedLoop(
                        NewsStatus.part(source.channel()),
                        "It is tried again by itself; the other sources go on meanwhile.",
                        ground,
                        () -> {
                            collect(source);
                            Instant now = wallClock.instant();
                            ground.waits().pause(Duration.between(now, schedule.after(now)));
                        },
                        source::close))
                .toList();
    }

    public void start() {
        loops.forEach(SupervisedLoop::start);
    }

    /** Looks through one source now. */
    public void collect(NewsSource source) throws InterruptedException {
        String channel = source.channel();
        Reports reports = new Reports(channel);
        try {
            source.collect(intake, reports);
            if (!reports.needy) {
                status.succeeded(channel, intake.now());
            }
        } catch (FetchException e) {
            status.failure(channel, e.reason().name());
            reports.report(
                    String.valueOf(e.getMessage()), NEXT_TURN + " " + e.reason().remedy());
        } catch (UnrecognisedPageException e) {
            status.unrecognised(channel);
            reports.report(String.valueOf(e.getMessage()), NEXT_TURN + reports.saved(e));
        } catch (RuntimeException e) {
            log.error("News of {} could not be collected", channel, e);
            status.failure(channel, "ERROR");
            reports.report("It could not be read: " + e, NEXT_TURN + " If that stays, the log has the details.");
        }
        if (reports.problems.isEmpty()) {
            status.over(channel);
        }
    }

    @Override
    public void close() {
        loops.forEach(loop -> loop.stop(PATIENCE));
    }

    private final class Reports implements NewsSource.Reporter {

        private final String channel;
        private boolean needy;
        private final List<String> problems = new ArrayList<>();

        Reports(String channel) {
            this.channel = channel;
        }

        @Override
        public void failed(FetchException failure) {
            status.failure(channel, failure.reason().name());
            log.debug("News of {}: {}", channel, failure.getMessage());
            once(
                    failure.reason() + " " + failure.host(),
                    "Pages of " + failure.host()
                            + " are not to be had, and their articles are recorded without their text." + " The first: "
                            + failure.getMessage(),
                    failure.reason().remedy());
        }

        @Override
        public void unrecognised(UnrecognisedPageException page) {
            status.unrecognised(channel);
            once(
                    "unrecognised " + page.page().getHost(),
                    "Pages of " + page.page().getHost()
                            + " are not understood, and their articles are recorded without their text. The first: "
                            + page.getMessage(),
                    "Nothing has to be done for the articles themselves." + saved(page));
        }

        @Override
        public void incomplete(String problem) {
            report(problem, NEXT_TURN + " What could be read is recorded; the rest is the publisher's to correct.");
        }

        @Override
        public void dated(String problem) {
            once("dated", problem, "Nothing has to be done: no article is visible before it was found here.");
        }

        @Override
        public void limited(String problem) {
            status.limited(channel);
            once("limited", problem, "Nothing has to be done: what is new comes first, and is read at each turn.");
        }

        @Override
        public void needs(String problem, String remedy) {
            needy = true;
            status.failure(channel, "NEEDS");
            report(problem, remedy);
        }

        private void report(String problem, String remedy) {
            problems.add(problem);
            log.debug("News of {}: {}", channel, problem);
            status.degraded(channel, String.join("; ", problems), remedy);
        }

        /** Reports the first of a kind: of the others there may be hundreds. */
        private void once(String kind, String problem, String remedy) {
            if (reported.add(channel + ' ' + kind)) {
                status.lost(channel, problem, remedy);
            }
        }

        private String saved(UnrecognisedPageException page) {
            return savedPages
                    .save(page, channel, intake.now())
                    .map(Path::toString)
                    .map(file -> " A copy of the page is in " + file + ".")
                    .orElse("");
        }
    }
}
