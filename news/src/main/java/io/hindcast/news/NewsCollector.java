package io.hindcast.news;

import io.hindcast.news.page.SavedPages;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.web.FetchException;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collects from all sources, at the start and then by the schedule. Each source has a loop of its own, so that a slow
 * or broken one delays no other, and its failures are outages of that source alone.
 */
public final class NewsCollector implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final ArticleIntake intake;
    private final SavedPages savedPages;
    private final NewsStatus status;
    private final Set<String> reportedOnce = ConcurrentHashMap.newKeySet();
    private final List<SupervisedLoop> loops;

    /** @param wallClock clock of the schedule */
    public NewsCollector(
            List<NewsSource> sources,
            ArticleIntake intake,
            CollectionSchedule schedule,
            InstantSource wallClock,
            SupervisedLoop.Context loopContext,
            SavedPages savedPages,
            NewsStatus status) {
        this.intake = intake;
        this.savedPages = savedPages;
        this.status = status;
        this.loops = sources.stream()
                .map(source -> new SupervisedLoop(
                        NewsStatus.part(source.channel()),
                        "It is tried again by itself; the other sources go on meanwhile.",
                        loopContext,
                        () -> {
                            collect(source);
                            Instant now = wallClock.instant();
                            loopContext.waits().pause(Duration.between(now, schedule.after(now)));
                        },
                        source::close))
                .toList();
    }

    public void start() {
        loops.forEach(SupervisedLoop::start);
    }

    /** Collects from one source once, on the calling thread. */
    public void collect(NewsSource source) throws InterruptedException {
        SourceReporter reporter = new SourceReporter(source.channel(), status, savedPages, intake::now, reportedOnce);
        try {
            source.collect(intake, reporter);
            reporter.collected();
        } catch (FetchException e) {
            reporter.sourceFailed(e);
        } catch (UnrecognisedPageException e) {
            reporter.sourceUnrecognised(e);
        } catch (RuntimeException e) {
            reporter.sourceBroken(e);
        }
        reporter.end();
    }

    @Override
    public void close() {
        loops.forEach(loop -> loop.stop(STOP_TIMEOUT));
    }
}
