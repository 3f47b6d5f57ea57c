package io.hindcast.feeds.news.yahoo;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as listings give them: "16m ago", "8h ago", "2 days ago", "yesterday". */
final class RelativeTime {

    private static final Pattern AGO = Pattern.compile("(an?|[0-9]{1,3}) ?([a-z]+) ago", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Duration> WORDS = Map.of(
            "just now", Duration.ZERO,
            "now", Duration.ZERO,
            "yesterday", Duration.ofDays(1),
            "last week", Duration.ofDays(7),
            "last month", Duration.ofDays(30),
            "last year", Duration.ofDays(365));

    private RelativeTime() {}

    /** The moment so long before {@code now}, if the text is such a time. */
    static Optional<Instant> read(String text, Instant now) {
        String said = text.strip().toLowerCase(Locale.ROOT);
        Duration known = WORDS.get(said);
        if (known != null) {
            return Optional.of(now.minus(known));
        }
        Matcher ago = AGO.matcher(said);
        if (!ago.matches()) {
            return Optional.empty();
        }
        long count = Character.isDigit(ago.group(1).charAt(0)) ? Long.parseLong(ago.group(1)) : 1;
        return unit(ago.group(2)).map(unit -> now.minus(unit.multipliedBy(count)));
    }

    private static Optional<Duration> unit(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
                    case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
                    case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
                    case "d", "day", "days" -> Duration.ofDays(1);
                    case "w", "wk", "week", "weeks" -> Duration.ofDays(7);
                    case "mo", "month", "months" -> Duration.ofDays(30);
                    case "y", "yr", "year", "years" -> Duration.ofDays(365);
                    default -> null;
                });
    }
}
