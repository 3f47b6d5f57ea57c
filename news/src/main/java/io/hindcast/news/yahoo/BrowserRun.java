package io.hindcast.news.yahoo;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.Proxy;
import io.hindcast.news.web.AddressGuard;
import io.hindcast.news.web.FetchException;
import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A headless Chromium from start to end, with one page. A page that takes too long or brings too much ends all of it,
 * from outside: most of Playwright's calls have no time limit, and a script without end holds up every one of them.
 * Loads no pictures, films or fonts. To be used by one thread.
 */
final class BrowserRun implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrowserRun.class);

    private static final Set<String> LEFT_OUT =
            Set.of("image", "media", "font", "manifest", "eventsource", "websocket");
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
    /** All that it gets of this process's environment, which holds secrets. */
    private static final List<String> ENVIRONMENT = List.of("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH");

    private final YahooSettings settings;
    private final WallTimer waits;
    private final BrowserFolder folder = new BrowserFolder();
    private final GuardedProxy proxy;
    private final Optional<Playwright> driver;
    private final Page page;
    private volatile @Nullable Reason ended;
    private long unpacked;

    BrowserRun(BrowserProgram program, String userAgent, YahooSettings settings, AddressGuard guard, WallTimer waits) {
        this.settings = settings;
        this.waits = waits;
        this.proxy = new GuardedProxy(guard, settings::wants, settings.mostBytes(), () -> end(Reason.TOO_LARGE));
        Playwright playwright = null;
        WallTimer.Cancellable watchdog = waits.after(settings.pageTime().multipliedBy(2), () -> end(Reason.TOO_SLOW));
        try {
            playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(Map.of(
                            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                            "1",
                            "PLAYWRIGHT_NODEJS_PATH",
                            program.node().toString(),
                            "TMPDIR",
                            folder.parent().toString())));
            this.driver = Optional.of(playwright);
            BrowserContext context = playwright
                    .chromium()
                    .launchPersistentContext(
                            folder.path().resolve("profile"),
                            new BrowserType.LaunchPersistentContextOptions()
                                    .setExecutablePath(program.chromium())
                                    .setEnv(environment(program))
                                    .setProxy(new Proxy(proxy.address()).setBypass("<-loopback>"))
                                    .setArgs(ARGUMENTS)
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
            count(context.newCDPSession(page));
        } catch (RuntimeException e) {
            close(Optional.ofNullable(playwright));
            throw e;
        } finally {
            watchdog.cancel();
        }
    }

    private Map<String, String> environment(BrowserProgram program) {
        Map<String, String> environment = new HashMap<>();
        ENVIRONMENT.forEach(
                name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value)));
        environment.put("TMPDIR", folder.path().toString());
        program.libraries()
                .ifPresent(libraries -> environment.merge(
                        "LD_LIBRARY_PATH", libraries.toString(), (known, added) -> known + ":" + added));
        return environment;
    }

    /** What is small on the line may be large when it is unpacked. */
    private void count(CDPSession network) {
        network.on("Network.dataReceived", (JsonObject part) -> {
            unpacked += part.get("dataLength").getAsLong();
            if (unpacked > settings.mostBytes()) {
                end(Reason.TOO_LARGE);
            }
        });
        network.send("Network.enable");
    }

    Page page() {
        return page;
    }

    /** Another page begins, which may take so long; to be cancelled when it is read. */
    WallTimer.Cancellable begin(Duration longest) {
        unpacked = 0;
        proxy.begin();
        return waits.after(longest, () -> end(Reason.TOO_SLOW));
    }

    /** Whether it is of no more use. */
    boolean hasEnded() {
        return ended != null || page.isClosed();
    }

    private synchronized void end(Reason why) {
        if (ended == null) {
            ended = why;
            folder.endProcesses();
        }
    }

    /** What it means that a call of the browser failed. */
    FetchException failure(URI at, PlaywrightException e) throws InterruptedException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                throw (InterruptedException) new InterruptedException("stopped while reading " + at).initCause(e);
            }
        }
        if (e instanceof TimeoutError) {
            end(Reason.TOO_SLOW); // what hangs may hold up the next page, too
        }
        Reason why = ended;
        if (why == Reason.TOO_LARGE) {
            return new FetchException(
                    why, at, "more than " + settings.mostBytes() + " bytes; the browser was ended", e);
        }
        if (why == Reason.TOO_SLOW) {
            return new FetchException(
                    Reason.TOO_SLOW,
                    at,
                    "not here within the time for a page, "
                            + settings.pageTime().toMillis() + " ms",
                    e);
        }
        return new FetchException(Reason.UNREACHABLE, at, firstLine(e), e);
    }

    static String firstLine(PlaywrightException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("Error {"))
                .findFirst()
                .orElse("the browser failed")
                .strip()
                .replaceFirst("^message='", "");
    }

    @Override
    public void close() {
        close(driver);
    }

    private void close(Optional<Playwright> playwright) {
        // The driver's own way to end a browser waits for what hangs.
        WallTimer.Cancellable watchdog = waits.after(settings.pageTime(), () -> end(Reason.TOO_SLOW));
        try {
            playwright.ifPresent(Playwright::close);
        } catch (PlaywrightException e) {
            log.debug("The browser ended before it was closed", e);
        } finally {
            watchdog.cancel();
            proxy.close();
            folder.close();
        }
    }
}
