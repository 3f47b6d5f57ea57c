package io.hindcast.news;

import io.hindcast.news.page.SavedPages;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.web.FetchException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the failures of one collection into the outages, losses and counters of its source. */
final class SourceReporter implements NewsSource.Reporter {

    private static final Logger log = LoggerFactory.getLogger(SourceReporter.class);

    private static final String NEXT_TURN = "It is read again at its next turn.";

    private final String channel;
    private final NewsStatus status;
    private final SavedPages savedPages;
    private final InstantSource marketClock;
    private final Set<String> reportedOnce;
    private final List<String> problems = new ArrayList<>();
    private boolean unavailable;

    /** @param reportedOnce kinds of failures that were reported before, shared by all collections */
    SourceReporter(
            String channel,
            NewsStatus status,
            SavedPages savedPages,
            InstantSource marketClock,
            Set<String> reportedOnce) {
        this.channel = channel;
        this.status = status;
        this.savedPages = savedPages;
        this.marketClock = marketClock;
        this.reportedOnce = reportedOnce;
    }

    @Override
    public void pageFailed(FetchException failure) {
        status.failure(channel, failure.reason().name());
        log.debug("News of {}: {}", channel, failure.getMessage());
        once(
                failure.reason() + " " + failure.host(),
                "Pages of " + failure.host()
                        + " cannot be fetched, and their articles are recorded without their text. The first: "
                        + failure.getMessage(),
                failure.reason().remedy());
    }

    @Override
    public void pageUnrecognised(UnrecognisedPageException page) {
        status.unrecognised(channel);
        once(
                "unrecognised " + page.page().getHost(),
                "Pages of " + page.page().getHost()
                        + " are not understood, and their articles are recorded without their text. The first: "
                        + page.getMessage(),
                "Nothing has to be done for the articles themselves." + savedCopy(page));
    }

    @Override
    public void incomplete(String problem) {
        outage(problem, NEXT_TURN + " The readable part is recorded; only the publisher can correct the rest.");
    }

    @Override
    public void impreciseDates(String problem) {
        once("dated", problem, "Nothing has to be done: no article is visible before it was found here.");
    }

    @Override
    public void limitReached(String problem) {
        status.limited(channel);
        once("limited", problem, "Nothing has to be done: the newest items come first, and are read at each turn.");
    }

    @Override
    public void unavailable(String problem, String remedy) {
        unavailable = true;
        status.failure(channel, "NEEDS");
        outage(problem, remedy);
    }

    void collected() {
        if (!unavailable) {
            status.succeeded(channel, marketClock.instant());
        }
    }

    void sourceFailed(FetchException e) {
        status.failure(channel, e.reason().name());
        outage(String.valueOf(e.getMessage()), NEXT_TURN + " " + e.reason().remedy());
    }

    void sourceUnrecognised(UnrecognisedPageException e) {
        status.unrecognised(channel);
        outage(String.valueOf(e.getMessage()), NEXT_TURN + savedCopy(e));
    }

    void sourceBroken(RuntimeException e) {
        log.error("News of {} could not be collected", channel, e);
        status.failure(channel, "ERROR");
        outage("It could not be read: " + e, NEXT_TURN + " If that stays, the log has the details.");
    }

    /** Ends the source's outage unless this collection had a problem. */
    void end() {
        if (problems.isEmpty()) {
            status.over(channel);
        }
    }

    private void outage(String problem, String remedy) {
        problems.add(problem);
        log.debug("News of {}: {}", channel, problem);
        status.degraded(channel, String.join("; ", problems), remedy);
    }

    /** Reports only the first of a kind: there may be hundreds more. */
    private void once(String kind, String problem, String remedy) {
        if (reportedOnce.add(channel + ' ' + kind)) {
            status.lost(channel, problem, remedy);
        }
    }

    private String savedCopy(UnrecognisedPageException page) {
        return savedPages
                .save(page, channel, marketClock.instant())
                .map(Path::toString)
                .map(file -> " A copy of the page is in " + file + ".")
                .orElse("");
    }
}
