package io.hindcast.news.yahoo;

import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The browser sessions of one collection: one after the other, each started when a page is to be loaded and the one
 * before has ended. Used by one thread.
 */
class BrowserSessions implements AutoCloseable {

    private final BrowserExecutables executables;
    private final String userAgent;
    private final Duration timeout;
    private final WallTimer waits;
    private @Nullable BrowserSession session;

    /** @param timeout time to close a browser; it has twice as long to start */
    BrowserSessions(BrowserExecutables executables, String userAgent, Duration timeout, WallTimer waits) {
        this.executables = executables;
        this.userAgent = userAgent;
        this.timeout = timeout;
        this.waits = waits;
    }

    /**
     * Returns the session in use, or starts one.
     *
     * @throws com.microsoft.playwright.PlaywrightException if it does not start
     */
    BrowserSession current() {
        Optional<BrowserSession> known = running();
        if (known.isPresent()) {
            return known.get();
        }
        end();
        BrowserSession started = new BrowserSession(executables, userAgent, timeout, waits);
        session = started;
        return started;
    }

    /** Returns the session in use, if one was started and has not ended. */
    final Optional<BrowserSession> running() {
        return Optional.ofNullable(session).filter(known -> !known.hasEnded());
    }

    /** Ends the session in use, if any. */
    final void end() {
        BrowserSession known = session;
        if (known != null) {
            session = null;
            known.close();
        }
    }

    /** Called at the end of a collection. */
    @Override
    public void close() {
        end();
    }
}
