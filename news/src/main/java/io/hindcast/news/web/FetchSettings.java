package io.hindcast.news.web;

import java.time.Duration;
import java.util.Set;

/**
 * How pages are fetched.
 *
 * @param userAgent what requests say they come from; its first word is the name that robots.txt may address
 * @param pause between two requests to one host, unless its robots.txt asks for more
 * @param perHost requests to one host at once
 * @param mostBytes of a page, unpacked
 * @param deadline for a page, from request to last byte
 * @param connectTimeout for a connection
 * @param redirects followed at most
 * @param attempts at a page whose server fails
 * @param allowPrivate hosts that may have a private address
 */
public record FetchSettings(
        String userAgent,
        Duration pause,
        int perHost,
        int mostBytes,
        Duration deadline,
        Duration connectTimeout,
        int redirects,
        int attempts,
        Set<String> allowPrivate) {

    public static FetchSettings standard(String userAgent) {
        return new FetchSettings(
                userAgent,
                Duration.ofSeconds(2),
                1,
                5_000_000,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                5,
                3,
                Set.of());
    }

    /** The name by which robots.txt may address it. */
    String robotName() {
        return userAgent.split("[/ ]", 2)[0].toLowerCase(java.util.Locale.ROOT);
    }
}
