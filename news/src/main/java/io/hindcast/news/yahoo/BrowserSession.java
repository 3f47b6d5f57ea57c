package io.hindcast.news.yahoo;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import io.hindcast.news.web.FetchException;
import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A headless Chromium from start to end, with one tab. A page over its time or size limit ends the whole browser, by
 * killing its processes: most of Playwright's calls have no timeout, and a script without end blocks all of them.
 *
 * <p>Used by one thread. For each page: {@link #beginPage}, work with {@link #tab}, cancel the returned watchdog; a
 * {@link PlaywrightException} in between is passed to {@link #failure}. After the session {@link #hasEnded}, only
 * {@link #close} may be called.
 */
final class BrowserSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrowserSession.class);

    private final Duration timeout;
    private final WallTimer waits;
    private final BrowserWorkFolder folder = new BrowserWorkFolder();
    private final FilteringProxy proxy;
    private final Optional<Playwright> driver;
    private final BrowserContext context;
    private Page tab;
    private volatile @Nullable Reason ended;
    private long maxBytes;
    private long uncompressedBytes;

    /**
     * Starts a browser.
     *
     * @param timeout time to close it; it has twice as long to start
     * @throws PlaywrightException if it does not start
     */
    BrowserSession(BrowserExecutables executables, String userAgent, Duration timeout, WallTimer waits) {
        this.timeout = timeout;
        this.waits = waits;
        this.proxy = new FilteringProxy(() -> end(Reason.TOO_LARGE));
        Playwright started = null;
        WallTimer.Cancellable watchdog = waits.after(timeout.multipliedBy(2), () -> end(Reason.TOO_SLOW));
        try {
            started = BrowserLauncher.startDriver(executables, folder);
            this.driver = Optional.of(started);
            this.context = BrowserLauncher.launch(started, executables, userAgent, folder, proxy);
            this.tab = newTab(context);
        } catch (RuntimeException e) {
            close(Optional.ofNullable(started));
            throw e;
        } finally {
            watchdog.cancel();
        }
    }

    private Page newTab(BrowserContext browser) {
        Page opened = browser.newPage();
        limitUncompressedBytes(browser.newCDPSession(opened));
        return opened;
    }

    /** Clears the cookies and replaces the tab, for another collection with the same browser. */
    void reset() {
        context.clearCookies();
        Page previous = tab;
        tab = newTab(context);
        previous.close();
    }

    /** The proxy counts bytes as transferred: a small compressed response may be large. */
    private void limitUncompressedBytes(CDPSession network) {
        network.on("Network.dataReceived", (JsonObject part) -> {
            uncompressedBytes += part.get("dataLength").getAsLong();
            if (uncompressedBytes > maxBytes) {
                end(Reason.TOO_LARGE);
            }
        });
        network.send("Network.enable");
    }

    Page tab() {
        return tab;
    }

    /**
     * Begins another page.
     *
     * @param rules connections that it may make; its bytes are counted as transferred and as uncompressed
     * @return the watchdog that ends the browser after {@code pageTimeout}, to be cancelled when the page is read
     */
    WallTimer.Cancellable beginPage(FilteringProxy.Rules rules, Duration pageTimeout) {
        maxBytes = rules.maxBytes();
        uncompressedBytes = 0;
        proxy.beginPage(rules);
        return waits.after(pageTimeout, () -> end(Reason.TOO_SLOW));
    }

    boolean hasEnded() {
        return ended != null || tab.isClosed();
    }

    private synchronized void end(Reason reason) {
        if (ended == null) {
            ended = reason;
            folder.killProcesses();
        }
    }

    /**
     * Returns the exception for a failed call of Playwright: the limit that was exceeded, or the call's own error. A
     * call that timed out ends the browser, since the next page might hang as well.
     *
     * @throws InterruptedException if the call failed because its thread was interrupted
     */
    FetchException failure(URI page, Duration pageTimeout, PlaywrightException e) throws InterruptedException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                throw (InterruptedException) new InterruptedException("stopped while reading " + page).initCause(e);
            }
        }
        if (e instanceof TimeoutError) {
            end(Reason.TOO_SLOW);
        }
        Reason reason = ended;
        if (reason == Reason.TOO_LARGE) {
            return new FetchException(reason, page, "more than " + maxBytes + " bytes; the browser was ended", e);
        }
        if (reason == Reason.TOO_SLOW) {
            return new FetchException(
                    reason, page, "not loaded within the time for a page, " + pageTimeout.toMillis() + " ms", e);
        }
        return new FetchException(Reason.UNREACHABLE, page, firstLine(e), e);
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

    private void close(Optional<Playwright> started) {
        // The driver's own way to close a browser waits for whatever hangs in it.
        WallTimer.Cancellable watchdog = waits.after(timeout, () -> end(Reason.TOO_SLOW));
        try {
            started.ifPresent(Playwright::close);
        } catch (PlaywrightException e) {
            log.debug("The browser ended before it was closed", e);
        } finally {
            watchdog.cancel();
            proxy.close();
            folder.close();
        }
    }
}
