package io.hindcast.news.yahoo;

import io.hindcast.api.news.PublishedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the relative times of listings: "16m ago", "8h ago", "2 days ago", "yesterday". Sites round up or down and
 * count calendar days, so the moment may be up to one unit later than stated; that latest moment is returned, as an
 * estimate.
 */
final class RelativeTimeParser {

    private static final Pattern AGO = Pattern.compile("(an?|[0-9]{1,3}) ?([a-z]+) ago", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOW = Pattern.compile("(just )?now|yesterday|last (week|month|year)");

    private RelativeTimeParser() {}

    /** Returns the latest moment that a text read at {@code now} can mean; empty if it is no relative time. */
    static Optional<PublishedTime> parse(String text, Instant now) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (NOW.matcher(lower).matches()) {
            return Optional.of(PublishedTime.estimated(now));
        }
        Matcher ago = AGO.matcher(lower);
        if (!ago.matches()) {
            return Optional.empty();
        }
        long count = Character.isDigit(ago.group(1).charAt(0)) ? Long.parseLong(ago.group(1)) : 1;
        Duration unit = unit(ago.group(2));
        return unit == null
                ? Optional.empty()
                : Optional.of(PublishedTime.estimated(now.minus(unit.multipliedBy(Math.max(0, count - 1)))));
    }

    private static @Nullable Duration unit(String name) {
        return switch (name) {
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "wk", "week", "weeks" -> Duration.ofDays(7);
            case "mo", "month", "months" -> Duration.ofDays(28);
            case "y", "yr", "year", "years" -> Duration.ofDays(365);
            default -> null;
        };
    }
}
