package io.hindcast.news.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The Retry-After header: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {

    private static final Duration DEFAULT = Duration.ofMinutes(5);
    private static final Duration MAX = Duration.ofHours(6);

    private RetryAfter() {}

    /** Returns the time to wait, at most six hours; five minutes if the header is missing or malformed. */
    static Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return DEFAULT;
        }
        try {
            Duration wait = header.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX) > 0 ? MAX : wait;
        } catch (DateTimeException e) {
            return DEFAULT;
        }
    }
}
