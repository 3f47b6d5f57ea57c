package io.hindcast.news.web;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each server's robots.txt says (RFC 9309): one that is not there allows everything, one that cannot be read
 * nothing. Kept for a day, a failure for ten minutes.
 */
final class Robots {

    private static final int MOST_BYTES = 512_000;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration FAILURE_KEPT = Duration.ofMinutes(10);
    private static final int SERVERS_KEPT = 256;

    private record Held(SimpleRobotRules rules, long untilNanos) {}

    /** Fetches a robots.txt, redirects followed. */
    @FunctionalInterface
    interface Source {
        GuardedHttp.Answer get(URI robots, int mostBytes) throws FetchException, InterruptedException;
    }

    private final Source source;
    private final String name;
    private final WallTimer waits;
    private final SimpleRobotRulesParser parser = new SimpleRobotRulesParser();
    private final Map<String, Held> held = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
            return size() > SERVERS_KEPT;
        }
    };

    Robots(Source source, String name, WallTimer waits) {
        this.source = source;
        this.name = name;
        this.waits = waits;
    }

    boolean allows(URI page) throws InterruptedException {
        return rules(page).isAllowed(page.toString());
    }

    /** The pause between two requests that the server asks for, at least {@code ours}. */
    Duration pause(URI page, Duration ours) throws InterruptedException {
        long asked = rules(page).getCrawlDelay();
        return asked > ours.toMillis() ? Duration.ofMillis(asked) : ours;
    }

    private SimpleRobotRules rules(URI page) throws InterruptedException {
        String server = page.getScheme() + "://" + page.getRawAuthority();
        synchronized (held) {
            Held known = held.get(server);
            if (known != null && known.untilNanos - waits.nanoTime() > 0) {
                return known.rules;
            }
        }
        SimpleRobotRules rules;
        Duration kept = KEPT;
        URI robots = URI.create(server + "/robots.txt");
        try {
            GuardedHttp.Answer answer = source.get(robots, MOST_BYTES);
            if (answer.status() >= 200 && answer.status() < 300) {
                rules = parser.parseContent(robots.toString(), answer.body(), answer.type(), List.of(name));
            } else {
                // Who is asked too often has not said yes.
                int status = answer.status() == 429 ? 503 : answer.status();
                rules = parser.failedFetch(status);
                kept = status >= 500 ? FAILURE_KEPT : KEPT;
            }
        } catch (FetchException e) {
            rules = parser.failedFetch(503);
            kept = FAILURE_KEPT;
        }
        synchronized (held) {
            held.put(server, new Held(rules, waits.nanoTime() + kept.toNanos()));
        }
        return rules;
    }
}
