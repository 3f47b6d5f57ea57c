package io.hindcast.news.yahoo;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.WaitUntilState;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.web.CrawlPolicy;
import io.hindcast.news.web.FetchException;
import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.news.web.MediaTypes;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Loads Yahoo's pages in a browser, within the crawl policy. Used by one thread. */
final class YahooPageLoader {

    private static final String CHARACTERS = "() => document.documentElement?.outerHTML.length ?? 0";

    private final BrowserSessions sessions;
    private final YahooSettings settings;
    private final CrawlPolicy policy;
    private final WallTimer waits;
    private final FilteringProxy.Rules rules;

    YahooPageLoader(BrowserSessions sessions, YahooSettings settings, CrawlPolicy policy, WallTimer waits) {
        this.sessions = sessions;
        this.settings = settings;
        this.policy = policy;
        this.waits = waits;
        this.rules = new FilteringProxy.Rules(
                policy.resolver(), settings::allowsHost, settings.page().maxBytes());
    }

    /**
     * A loaded page.
     *
     * @param address final address
     * @param limit limit at which loading stopped though there may be more, for people
     */
    record LoadedPage(Document document, URI address, Optional<String> limit) {}

    /** Work on an opened page before it is read; returns the limit that was reached, if any. */
    @FunctionalInterface
    private interface Step {
        Optional<String> apply(Page tab);
    }

    /** Loads a listing and scrolls it to its end or to a limit. */
    LoadedPage listing(URI at) throws FetchException, UnrecognisedPageException, InterruptedException {
        YahooSettings.ListingLimits limits = settings.listing();
        return load(at, limits.scrollTime(), tab -> ListingScroller.scroll(tab, limits, waits));
    }

    /** Loads an article's page. */
    LoadedPage article(URI at) throws FetchException, UnrecognisedPageException, InterruptedException {
        return load(at, Duration.ZERO, tab -> Optional.empty());
    }

    private LoadedPage load(URI at, Duration stepTime, Step step)
            throws FetchException, UnrecognisedPageException, InterruptedException {
        policy.admit(at);
        BrowserSession browser = sessions.current();
        Page tab = browser.tab();
        // Navigation, consent and the page behind it have the time of a page each.
        Duration timeout = settings.page().timeout();
        WallTimer.Cancellable watchdog =
                browser.beginPage(rules, timeout.multipliedBy(3).plus(stepTime));
        try {
            open(tab, at);
            policy.checkRedirect(address(tab, at), at);
            Optional<String> limit = step.apply(tab);
            return new LoadedPage(document(tab, at), address(tab, at), limit);
        } catch (PlaywrightException e) {
            throw browser.failure(at, timeout, e);
        } finally {
            watchdog.cancel();
        }
    }

    private void open(Page tab, URI at) throws FetchException, UnrecognisedPageException {
        Duration timeout = settings.page().timeout();
        Response response = tab.navigate(
                at.toString(),
                new Page.NavigateOptions()
                        .setTimeout((double) timeout.toMillis())
                        .setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
        if (response != null) {
            if (response.status() >= 400) {
                throw policy.statusFailure(
                        at, response.status(), response.headers().get("retry-after"));
            }
            MediaTypes.check(at, response.headers().getOrDefault("content-type", ""), MediaTypes.HTML);
        }
        Optional<String> missing = ConsentDialog.dismiss(tab, timeout);
        if (missing.isPresent()) {
            throw new UnrecognisedPageException(
                    at, missing.get(), document(tab, at).outerHtml());
        }
    }

    private Document document(Page tab, URI at) throws FetchException {
        long characters = ((Number) tab.evaluate(CHARACTERS)).longValue();
        int max = settings.page().maxCharacters();
        if (characters > max) {
            throw new FetchException(Reason.TOO_LARGE, at, characters + " characters, expected at most " + max, null);
        }
        return Jsoup.parse(tab.content(), tab.url());
    }

    /** Returns the final address, or the requested one where the final one is none for Java. */
    private static URI address(Page tab, URI requested) {
        try {
            return URI.create(tab.url());
        } catch (IllegalArgumentException e) {
            return requested;
        }
    }
}
