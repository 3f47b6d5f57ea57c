package io.hindcast.feeds.news.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Moments as pages state them. */
public final class Times {

    private Times() {}

    /** An ISO 8601 moment, one without a zone in UTC, or a day as its midnight. */
    public static Optional<Instant> read(String text) {
        String stated = text.strip().replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2");
        try {
            if (stated.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return Optional.of(
                        LocalDate.parse(stated).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            if (stated.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})$")) {
                return Optional.of(
                        OffsetDateTime.parse(stated.replace(' ', 'T')).toInstant());
            }
            return Optional.of(LocalDateTime.parse(stated.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
