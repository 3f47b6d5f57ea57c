package io.hindcast.news.web;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.hindcast.runtime.BoundedMap;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The robots.txt rules of each server (RFC 9309). A missing file allows everything, an unreadable one nothing. Rules
 * are cached for a day, failures for ten minutes. Thread-safe.
 */
final class RobotsTxtRules {

    private static final int MAX_BYTES = 512_000;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration FAILURE_KEPT = Duration.ofMinutes(10);
    private static final int SERVERS_KEPT = 256;

    private record Cached(SimpleRobotRules rules, long untilNanos) {}

    /** Fetches a robots.txt. */
    @FunctionalInterface
    interface Loader {
        /** Called on the thread that asks for a page, without locks held; follows redirects. */
        GuardedHttpClient.Response get(URI robotsTxt, int maxBytes) throws FetchException, InterruptedException;
    }

    private final Loader loader;
    private final String robotName;
    private final WallTimer waits;
    private final SimpleRobotRulesParser parser = new SimpleRobotRulesParser();
    private final Map<String, Cached> cache = new BoundedMap<>(SERVERS_KEPT);

    RobotsTxtRules(Loader loader, String robotName, WallTimer waits) {
        this.loader = loader;
        this.robotName = robotName;
        this.waits = waits;
    }

    boolean allows(URI page) throws InterruptedException {
        return rules(page).isAllowed(page.toString());
    }

    /** Returns the server's crawl delay, or {@code minimum} if that is longer. */
    Duration pause(URI page, Duration minimum) throws InterruptedException {
        long crawlDelay = rules(page).getCrawlDelay();
        return crawlDelay > minimum.toMillis() ? Duration.ofMillis(crawlDelay) : minimum;
    }

    private SimpleRobotRules rules(URI page) throws InterruptedException {
        String server = page.getScheme() + "://" + page.getRawAuthority();
        synchronized (cache) {
            Cached known = cache.get(server);
            if (known != null && known.untilNanos - waits.nanoTime() > 0) {
                return known.rules;
            }
        }
        SimpleRobotRules rules;
        Duration kept = KEPT;
        URI robotsTxt = URI.create(server + "/robots.txt");
        try {
            GuardedHttpClient.Response response = loader.get(robotsTxt, MAX_BYTES);
            if (response.status() >= 200 && response.status() < 300) {
                rules = parser.parseContent(robotsTxt.toString(), response.body(), response.type(), List.of(robotName));
            } else {
                // 429 is a client error, which would allow everything; it must not.
                int status = response.status() == 429 ? 503 : response.status();
                rules = parser.failedFetch(status);
                kept = status >= 500 ? FAILURE_KEPT : KEPT;
            }
        } catch (FetchException e) {
            rules = parser.failedFetch(503);
            kept = FAILURE_KEPT;
        }
        synchronized (cache) {
            cache.put(server, new Cached(rules, waits.nanoTime() + kept.toNanos()));
        }
        return rules;
    }
}
