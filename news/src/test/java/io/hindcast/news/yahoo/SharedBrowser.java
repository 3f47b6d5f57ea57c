package io.hindcast.news.yahoo;

import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One browser for all collections of a test class, since starting one takes most of a test's time. Between collections
 * it loses its cookies and its tab; a test that ends it makes the next one start another. Used by one thread.
 */
final class SharedBrowser implements AutoCloseable {

    private static final class Sessions extends BrowserSessions {

        Sessions(BrowserExecutables executables) {
            super(executables, YahooRig.USER_AGENT, Duration.ofSeconds(20), WallTimer.system());
        }

        @Override
        public void close() {
            running().ifPresent(BrowserSession::reset);
        }
    }

    private @Nullable Sessions sessions;

    BrowserSessions sessions(BrowserExecutables executables) {
        Sessions known = sessions;
        if (known == null) {
            known = new Sessions(executables);
            sessions = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (sessions != null) {
            sessions.end();
        }
        YahooRig.awaitNoBrowser();
    }
}
