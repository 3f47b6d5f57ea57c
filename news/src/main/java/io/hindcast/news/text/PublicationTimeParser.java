package io.hindcast.news.text;

import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.PublishedTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses the times of publication that feeds, pages and archives state. A text is read as the latest moment that it can
 * mean, so that no article is visible before it was published:
 *
 * <ul>
 *   <li>a day, month or year means its end in the stated zone, else its end everywhere on Earth, noon UTC of the next
 *       day;
 *   <li>midnight means the day: programs write 00:00:00 where they have no time, and {@code Z} where they have no zone;
 *   <li>a time without a zone is taken in the westernmost zone, UTC−12;
 *   <li>a time without seconds means the end of its minute.
 * </ul>
 *
 * <p>All but the last are {@link PublishedTime.Certainty#ESTIMATED}. Ambiguous dates such as {@code 03/04/2024} are not
 * accepted.
 */
public final class PublicationTimeParser {

    /** Zone in which every day ends last. */
    private static final ZoneOffset WESTERNMOST = ZoneOffset.ofHours(-12);

    /** Earlier times stand for none: programs write the start of 1970 or of year 1 where they have no time. */
    private static final Instant EARLIEST = Instant.parse("1970-01-03T12:00:00Z");

    private static final Pattern REMARK = Pattern.compile("\\([^)]*\\)|\\[[^]]*]");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private static final String TIME =
            "(?<h>\\d{1,2}):(?<min>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<fraction>\\d{1,9})\\d*)?)?(?: ?(?<half>[ap])\\.?m\\.?)?";
    private static final String ZONE = " ?(?<zone>z|[a-z]{2,5}|(?:(?:utc|gmt) ?)?[+-]\\d{1,2}(?::?\\d{2})?)?";
    private static final String TAIL = "(?:(?:[t ]|,? (?:at )?)" + TIME + ")?" + ZONE;
    private static final String WEEKDAY = "(?:[a-z]{3,9}\\.?,? )?";

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(?<y>\\d{4})(?:[-/.](?<m>\\d{1,2})(?:[-/.](?<d>\\d{1,2})" + TAIL + ")?)?"),
            Pattern.compile("(?<y>(?:19|20)\\d{2})(?<m>\\d{2})(?<d>\\d{2})(?:t?(?<h>\\d{2})(?<min>\\d{2})(?<s>\\d{2})|"
                    + "t(?<h2>\\d{2})(?<min2>\\d{2}))?" + ZONE),
            Pattern.compile(WEEKDAY
                    + "(?<d>\\d{1,2})(?:st|nd|rd|th)?[ -](?<month>[a-z]{3,9})\\.?,?[ -](?<y>\\d{4}|\\d{2})" + TAIL),
            Pattern.compile(WEEKDAY + "(?<month>[a-z]{3,9})\\.? (?<d>\\d{1,2})(?:st|nd|rd|th)?,? (?<y>\\d{4})" + TAIL),
            Pattern.compile(WEEKDAY + "(?<month>[a-z]{3})\\.? (?<d>\\d{1,2}) " + TIME + ZONE + " (?<y>\\d{4})"),
            Pattern.compile("(?<month>[a-z]{3,9})\\.? (?<y>\\d{4})"));

    private static final Pattern EPOCH = Pattern.compile("(\\d{10}|\\d{13}|\\d{16}|\\d{19})(\\.\\d+)?");
    private static final Pattern FLOATING = Pattern.compile("\\d\\.\\d+e\\d{1,2}");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> MONTH_NAMES = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private PublicationTimeParser() {}

    /** Returns the latest moment that a text can mean; empty if it is no time or ambiguous. */
    public static Optional<PublishedTime> parse(String text) {
        if (text.length() > 100) {
            return Optional.empty();
        }
        String plain = SPACES.matcher(REMARK.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .replace('\u2212', '-')
                .strip()
                .toLowerCase(Locale.ROOT);
        try {
            if (FLOATING.matcher(plain).matches()) {
                plain = new BigDecimal(plain).toPlainString();
            }
            if (EPOCH.matcher(plain).matches()) {
                return Optional.of(epoch(new BigDecimal(plain)));
            }
            for (Pattern form : FORMS) {
                Matcher stated = form.matcher(plain);
                if (stated.matches()) {
                    return latest(stated).filter(time -> !time.at().isBefore(EARLIEST));
                }
            }
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty(); // such as February 31st
        }
        return Optional.empty();
    }

    /** Returns the first time that is stated to the moment, else the first of all. */
    public static Optional<PublishedTime> mostPrecise(Stream<PublishedTime> times) {
        List<PublishedTime> all = times.toList();
        return all.stream()
                .filter(time -> time.certainty() == PublishedTime.Certainty.STATED)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /**
     * Reads seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by the number of digits; holds
     * for the years 2001 to 2286.
     */
    private static PublishedTime epoch(BigDecimal number) {
        int digits = number.precision() - number.scale();
        BigDecimal seconds = number.movePointLeft(digits - 10);
        long whole = seconds.setScale(0, RoundingMode.FLOOR).longValueExact();
        Instant at = Instant.ofEpochSecond(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
        boolean midnight = at.equals(at.truncatedTo(ChronoUnit.DAYS));
        return midnight ? endOf(UtcDay.of(at), ZoneOffset.UTC) : PublishedTime.stated(at);
    }

    private static Optional<PublishedTime> latest(Matcher stated) {
        int year = year(stated);
        String zoneName = group(stated, "zone");
        ZoneOffset zone = zoneName == null ? null : ZoneOffsets.parse(zoneName);
        int month = month(stated);
        if (month < 0) {
            return Optional.empty();
        }
        String dayOfMonth = group(stated, "d");
        if (dayOfMonth == null) {
            LocalDate last = YearMonth.of(year, month == 0 ? 12 : month).atEndOfMonth();
            return Optional.of(endOf(last, zone));
        }
        LocalDate day = LocalDate.of(year, month, Integer.parseInt(dayOfMonth));
        String hour = group(stated, "h") == null ? group(stated, "h2") : group(stated, "h");
        if (hour == null) {
            return Optional.of(endOf(day, zone));
        }
        String minute = group(stated, "min") == null ? group(stated, "min2") : group(stated, "min");
        String second = group(stated, "s");
        LocalTime time = LocalTime.of(
                hour(Integer.parseInt(hour), group(stated, "half")),
                Integer.parseInt(String.valueOf(minute)),
                second == null
                        ? 0
                        : Math.min(59, Integer.parseInt(second)), // a leap second counts as the second before it
                nanos(group(stated, "fraction")));
        if (time.equals(LocalTime.MIDNIGHT)) {
            return Optional.of(endOf(day, zone));
        }
        Instant at = day.atTime(time).plusMinutes(second == null ? 1 : 0).toInstant(zone == null ? WESTERNMOST : zone);
        return Optional.of(zone == null ? PublishedTime.estimated(at) : PublishedTime.stated(at));
    }

    /** Ignores UTC as a zone: programs write it where they have none. */
    private static PublishedTime endOf(LocalDate day, @Nullable ZoneOffset zone) {
        boolean known = zone != null && zone.getTotalSeconds() != 0;
        return PublishedTime.estimated(day.plusDays(1).atStartOfDay().toInstant(known ? zone : WESTERNMOST));
    }

    private static int year(Matcher stated) {
        String digits = String.valueOf(group(stated, "y"));
        int year = Integer.parseInt(digits);
        return digits.length() == 4 ? year : year < 50 ? 2000 + year : 1900 + year;
    }

    /** Returns the month; 0 if none is stated, −1 if the name is no month. */
    private static int month(Matcher stated) {
        String name = group(stated, "month");
        if (name != null) {
            int full = MONTH_NAMES.indexOf(name);
            return full >= 0
                    ? full + 1
                    : name.equals("sept") ? 9 : MONTHS.indexOf(name) < 0 ? -1 : MONTHS.indexOf(name) + 1;
        }
        String digits = group(stated, "m");
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int hour(int stated, @Nullable String half) {
        if (half == null) {
            return stated;
        }
        if (stated < 1 || stated > 12) {
            throw new DateTimeException("hour " + stated + " of a half day");
        }
        return stated % 12 + (half.equals("p") ? 12 : 0);
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static @Nullable String group(Matcher stated, String name) {
        return stated.namedGroups().containsKey(name) ? stated.group(name) : null;
    }
}
