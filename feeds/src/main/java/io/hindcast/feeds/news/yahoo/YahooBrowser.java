package io.hindcast.feeds.news.yahoo;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.Proxy;
import com.microsoft.playwright.options.WaitUntilState;
import io.hindcast.feeds.binance.Waits;
import io.hindcast.feeds.news.page.UnrecognisedPageException;
import io.hindcast.feeds.news.web.FetchException;
import io.hindcast.feeds.news.web.FetchException.Reason;
import io.hindcast.feeds.news.web.PoliteFetcher;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * A headless Chromium for one look through Yahoo's pages: started when it is needed, gone afterwards. Loads no pictures, films or
 * fonts. To be used by one thread.
 */
final class YahooBrowser implements AutoCloseable {

    private static final Set<String> LEFT_OUT =
            Set.of("image", "media", "font", "manifest", "eventsource", "websocket");
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
    private static final List<String> ARGUMENTS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--no-first-run",
            "--dns-prefetch-disable",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp");

    private final YahooSettings settings;
    private final PoliteFetcher fetcher;
    private final Waits waits;
    private final GuardedProxy proxy;
    private final Playwright playwright;
    private final Browser browser;
    private final Page page;

    YahooBrowser(BrowserProgram program, String userAgent, YahooSettings settings, PoliteFetcher fetcher, Waits waits) {
        this.settings = settings;
        this.fetcher = fetcher;
        this.waits = waits;
        this.proxy = new GuardedProxy(
                fetcher.guard(),
                settings::wants,
                settings.mostBytes(),
                settings.listingTime().multipliedBy(2),
                waits);
        Playwright driver = null;
        try {
            driver = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(Map.of(
                            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                            "1",
                            "PLAYWRIGHT_NODEJS_PATH",
                            program.node().toString())));
            this.playwright = driver;
            this.browser = driver.chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(program.chromium())
                            .setEnv(environment(program))
                            .setProxy(new Proxy(proxy.address()).setBypass("<-loopback>"))
                            .setArgs(ARGUMENTS));
            BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                    .setUserAgent(userAgent)
                    .setLocale("en-US")
                    .setTimezoneId("UTC")
                    .setAcceptDownloads(false)
                    .setViewportSize(1280, 1600));
            context.route("**/*", route -> {
                if (LEFT_OUT.contains(route.request().resourceType())) {
                    route.abort();
                } else {
                    route.resume();
                }
            });
            this.page = context.newPage();
        } catch (RuntimeException e) {
            if (driver != null) {
                driver.close();
            }
            proxy.close();
            throw e;
        }
    }

    private static Map<String, String> environment(BrowserProgram program) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        program.libraries()
                .ifPresent(folder ->
                        environment.merge("LD_LIBRARY_PATH", folder.toString(), (known, added) -> known + ":" + added));
        return environment;
    }

    /** A listing, scrolled until nothing new comes, or there are enough stories, or time is up. */
    Document listing(URI at) throws FetchException, UnrecognisedPageException, InterruptedException {
        open(at);
        long end = waits.nanoTime() + settings.listingTime().toNanos();
        try {
            int stories = count();
            int fruitless = 0;
            while (stories > 0
                    && stories < settings.mostStories()
                    && fruitless < settings.patience().size()
                    && end - waits.nanoTime() > 0) {
                page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)");
                if (!moreThan(stories, settings.patience().get(fruitless))) {
                    fruitless++;
                    page.evaluate("window.scrollBy(0, -400)");
                } else {
                    fruitless = 0;
                }
                stories = count();
            }
            return document();
        } catch (PlaywrightException e) {
            throw failed(at, e);
        }
    }

    /** An article's page. */
    Document article(URI at) throws FetchException, UnrecognisedPageException, InterruptedException {
        open(at);
        try {
            return document();
        } catch (PlaywrightException e) {
            throw failed(at, e);
        }
    }

    /** Where the page came from in the end. */
    URI address() {
        return URI.create(page.url());
    }

    private void open(URI at) throws FetchException, UnrecognisedPageException, InterruptedException {
        fetcher.admit(at);
        try {
            Response answer = page.navigate(
                    at.toString(),
                    new Page.NavigateOptions()
                            .setTimeout(millis(settings.pageTime()))
                            .setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
            if (answer != null && answer.status() >= 400) {
                throw fetcher.answered(at, answer.status(), answer.headers().get("retry-after"));
            }
            consent(at);
        } catch (TimeoutError e) {
            throw new FetchException(
                    Reason.TOO_SLOW,
                    at,
                    "not here within " + settings.pageTime().toSeconds() + " s",
                    e);
        } catch (PlaywrightException e) {
            throw failed(at, e);
        }
    }

    /** Gets past a dialog that asks for consent, by declining where that can be done. */
    private void consent(URI at) throws UnrecognisedPageException {
        boolean asked = CONSENT_PAGE.matcher(page.url()).find();
        if (!asked && page.locator(CONSENT_FORM).count() == 0) {
            return;
        }
        for (String choice : CONSENT) {
            Locator button = page.locator(choice);
            if (button.count() > 0) {
                button.first().click(new Locator.ClickOptions().setTimeout(millis(settings.pageTime())));
                page.waitForCondition(
                        () -> !CONSENT_PAGE.matcher(page.url()).find()
                                && page.locator(CONSENT_FORM).count() == 0,
                        new Page.WaitForConditionOptions().setTimeout(millis(settings.pageTime())));
                page.waitForLoadState(com.microsoft.playwright.options.LoadState.DOMCONTENTLOADED);
                return;
            }
        }
        throw new UnrecognisedPageException(at, "button to answer the question for consent", page.content());
    }

    private int count() {
        return page.locator(Listing.STORIES).count();
    }

    private boolean moreThan(int stories, Duration patience) {
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

    private Document document() {
        return Jsoup.parse(page.content(), page.url());
    }

    private static FetchException failed(URI at, PlaywrightException e) {
        String first = String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("Error {"))
                .findFirst()
                .orElse("the browser failed");
        return new FetchException(Reason.UNREACHABLE, at, first.strip(), e);
    }

    @Override
    public void close() {
        try {
            browser.close();
        } finally {
            try {
                playwright.close();
            } finally {
                proxy.close();
            }
        }
    }
}
