package io.hindcast.news.web;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Settings of page requests.
 *
 * @param userAgent User-Agent header of every request; its first word is the name that robots.txt may address
 * @param allowPrivate hosts that may have a private address
 */
public record FetchSettings(String userAgent, Politeness politeness, Limits limits, Set<String> allowPrivate) {

    /**
     * Load put on a host.
     *
     * @param pause time between two requests to one host, unless its robots.txt asks for more
     * @param perHost most requests to one host at once
     */
    public record Politeness(Duration pause, int perHost) {}

    /**
     * Bounds of one page.
     *
     * @param maxBytes most bytes of a page, uncompressed
     * @param deadline time from the request to the last byte
     * @param connectTimeout time to connect
     * @param redirects most redirects followed
     * @param attempts most attempts while the server fails
     */
    public record Limits(int maxBytes, Duration deadline, Duration connectTimeout, int redirects, int attempts) {

        public static final Limits DEFAULT =
                new Limits(5_000_000, Duration.ofSeconds(30), Duration.ofSeconds(10), 5, 3);
    }

    /** Returns the name by which robots.txt may address this program. */
    String robotName() {
        return userAgent.split("[/ ]", 2)[0].toLowerCase(Locale.ROOT);
    }
}
