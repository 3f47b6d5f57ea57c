package io.hindcast.news.yahoo;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.Optional;

/** Scrolls a listing, which loads more stories by script each time its end comes into view. */
final class ListingScroller {

    private static final String MORE_STORIES =
            "known => document.querySelectorAll('" + YahooListing.STORIES + "').length > known";

    /** Up first: going to the end is no scroll event for a page that is there already. */
    private static final String SCROLL = "() => new Promise(done => { scrollBy(0, -400); requestAnimationFrame(() => {"
            + " scrollTo(0, document.documentElement.scrollHeight); done(); }); })";

    private ListingScroller() {}

    /**
     * Scrolls until no more stories come or a limit is reached. The first stories, too, may come by script.
     *
     * @return the limit that was reached, for people
     */
    static Optional<String> scroll(Page tab, YahooSettings.ListingLimits limits, WallTimer waits) {
        long end = waits.nanoTime() + limits.scrollTime().toNanos();
        int stories = count(tab);
        int fruitless = 0;
        while (fruitless < limits.scrollWaits().size()) {
            if (stories >= limits.maxStories()) {
                return Optional.of(stories + " stories");
            }
            if (end - waits.nanoTime() <= 0) {
                return Optional.of(limits.scrollTime().toMillis() + " ms, with " + stories + " stories");
            }
            tab.evaluate(SCROLL);
            fruitless = awaitMore(tab, stories, limits.scrollWaits().get(fruitless)) ? 0 : fruitless + 1;
            stories = count(tab);
        }
        return Optional.empty();
    }

    private static int count(Page tab) {
        return tab.locator(YahooListing.STORIES).count();
    }

    private static boolean awaitMore(Page tab, int stories, Duration timeout) {
        try {
            tab.waitForFunction(
                    MORE_STORIES, stories, new Page.WaitForFunctionOptions().setTimeout((double) timeout.toMillis()));
            return true;
        } catch (TimeoutError e) {
            return false;
        }
    }
}
