package io.hindcast.news.yahoo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.WaitUntilState;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.web.FetchException;
import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.news.web.PoliteFetcher;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * Yahoo's pages as a browser shows them. The browser is started when it is needed, and again where a page made an end
 * of it. To be used by one thread.
 */
final class YahooBrowser implements AutoCloseable {

    /** Declining comes before agreeing. */
    private static final List<String> CONSENT = List.of(
            "form button[name=reject]",
            "form button.reject-all",
            "form [value=reject]",
            "form button[name=agree]",
            "form [value=agree]");

    private static final Pattern CONSENT_PAGE =
            Pattern.compile("^https?://(consent\\.|[^/]+/[^?]*/?collectconsent)", Pattern.CASE_INSENSITIVE);
    private static final String CONSENT_FORM = "form[action*=consent i], form[class*=consent i]";

    private static final String MORE_STORIES =
            "known => document.querySelectorAll('" + Listing.STORIES + "').length > known";
    /** Who is at the end already does not scroll by going there. */
    private static final String SCROLL = "() => new Promise(done => { scrollBy(0, -400); requestAnimationFrame(() => {"
            + " scrollTo(0, document.documentElement.scrollHeight); done(); }); })";

    private static final String CHARACTERS = "() => document.documentElement?.outerHTML.length ?? 0";

    private final BrowserProgram program;
    private final String userAgent;
    private final YahooSettings settings;
    private final PoliteFetcher fetcher;
    private final WallTimer waits;
    private @Nullable BrowserRun run;

    YahooBrowser(
            BrowserProgram program, String userAgent, YahooSettings settings, PoliteFetcher fetcher, WallTimer waits) {
        this.program = program;
        this.userAgent = userAgent;
        this.settings = settings;
        this.fetcher = fetcher;
        this.waits = waits;
    }

    /**
     * A page as it was read.
     *
     * @param limit what it was left at though there may be more, if it was
     */
    record Read(Document document, URI address, Optional<String> limit) {}

    /** What is done with a page that has been opened; says at what limit it was left, if at one. */
    @FunctionalInterface
    private interface Look {
        Optional<String> at(Page page);
    }

    /** A listing, scrolled until nothing new comes, or there are enough stories, or time is up. */
    Read listing(URI at) throws FetchException, UnrecognisedPageException, InterruptedException {
        return read(at, settings.listingTime(), this::scroll);
    }

    /** An article's page. */
    Read article(URI at) throws FetchException, UnrecognisedPageException, InterruptedException {
        return read(at, Duration.ZERO, page -> Optional.empty());
    }

    private Read read(URI at, Duration looking, Look look)
            throws FetchException, UnrecognisedPageException, InterruptedException {
        fetcher.admit(at);
        BrowserRun browser = running();
        Page page = browser.page();
        WallTimer.Cancellable watchdog =
                browser.begin(settings.pageTime().multipliedBy(3).plus(looking));
        try {
            open(page, at);
            fetcher.checkRedirect(address(page, at), at);
            Optional<String> limit = look.at(page);
            return new Read(document(page, at), address(page, at), limit);
        } catch (PlaywrightException e) {
            throw browser.failure(at, e);
        } finally {
            watchdog.cancel();
        }
    }

    private BrowserRun running() {
        BrowserRun known = run;
        if (known != null && !known.hasEnded()) {
            return known;
        }
        close();
        BrowserRun started = new BrowserRun(program, userAgent, settings, fetcher.guard(), waits);
        run = started;
        return started;
    }

    private void open(Page page, URI at) throws FetchException, UnrecognisedPageException {
        Response answer = page.navigate(
                at.toString(),
                new Page.NavigateOptions()
                        .setTimeout(millis(settings.pageTime()))
                        .setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
        if (answer != null) {
            if (answer.status() >= 400) {
                throw fetcher.answered(at, answer.status(), answer.headers().get("retry-after"));
            }
            PoliteFetcher.checkType(at, answer.headers().getOrDefault("content-type", ""), PoliteFetcher.HTML);
        }
        consent(page, at);
    }

    /** Gets past a dialog that asks for consent, by declining where that can be done. */
    private void consent(Page page, URI at) throws UnrecognisedPageException, FetchException {
        if (!asksForConsent(page)) {
            return;
        }
        String missing = "button to answer the question for consent";
        for (String choice : CONSENT) {
            Locator button = page.locator(choice);
            if (button.count() > 0) {
                try {
                    answer(page, button.first());
                    return;
                } catch (TimeoutError e) {
                    missing = "end of the question for consent";
                    break;
                }
            }
        }
        throw new UnrecognisedPageException(at, missing, document(page, at).outerHtml());
    }

    private void answer(Page page, Locator button) {
        button.click(new Locator.ClickOptions().setTimeout(millis(settings.pageTime())));
        page.waitForCondition(
                () -> !asksForConsent(page),
                new Page.WaitForConditionOptions().setTimeout(millis(settings.pageTime())));
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
    }

    private static boolean asksForConsent(Page page) {
        return CONSENT_PAGE.matcher(page.url()).find()
                || page.locator(CONSENT_FORM).count() > 0;
    }

    /** The first stories, too, may come by script. */
    private Optional<String> scroll(Page page) {
        long end = waits.nanoTime() + settings.listingTime().toNanos();
        int stories = count(page);
        int fruitless = 0;
        while (fruitless < settings.patience().size()) {
            if (stories >= settings.mostStories()) {
                return Optional.of(stories + " stories");
            }
            if (end - waits.nanoTime() <= 0) {
                return Optional.of(settings.listingTime().toMillis() + " ms, with " + stories + " stories");
            }
            page.evaluate(SCROLL);
            fruitless = moreThan(page, stories, settings.patience().get(fruitless)) ? 0 : fruitless + 1;
            stories = count(page);
        }
        return Optional.empty();
    }

    private static int count(Page page) {
        return page.locator(Listing.STORIES).count();
    }

    private static boolean moreThan(Page page, int stories, Duration patience) {
        try {
            page.waitForFunction(MORE_STORIES, stories, new Page.WaitForFunctionOptions().setTimeout(millis(patience)));
            return true;
        } catch (TimeoutError e) {
            return false;
        }
    }

    private static double millis(Duration time) {
        return (double) time.toMillis();
    }

    private Document document(Page page, URI at) throws FetchException {
        long characters = ((Number) page.evaluate(CHARACTERS)).longValue();
        if (characters > settings.mostCharacters()) {
            throw new FetchException(
                    Reason.TOO_LARGE,
                    at,
                    characters + " characters, expected at most " + settings.mostCharacters(),
                    null);
        }
        return Jsoup.parse(page.content(), page.url());
    }

    /** Where a page came from in the end, as long as that can be told. */
    private static URI address(Page page, URI asked) {
        try {
            return URI.create(page.url());
        } catch (IllegalArgumentException e) {
            return asked; // browsers are content with addresses that Java is not
        }
    }

    @Override
    public void close() {
        if (run != null) {
            run.close();
            run = null;
        }
    }
}
