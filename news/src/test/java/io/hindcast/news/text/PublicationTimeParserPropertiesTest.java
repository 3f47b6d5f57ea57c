package io.hindcast.news.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.news.PublishedTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No date that a publisher may write makes an article visible before its publication, at any time and in any zone. */
class PublicationTimeParserPropertiesTest {

    private static final List<String> DAYS = List.of(
            "yyyy-MM-dd", "d MMM yyyy", "EEE, dd MMM yyyy", "MMMM d, yyyy", "yyyyMMdd", "dd-MMM-yyyy", "yyyy/MM/dd");
    private static final List<String> MIDNIGHTS = List.of(
            "yyyy-MM-dd'T00:00:00'",
            "yyyy-MM-dd 00:00:00",
            "yyyy-MM-dd'T00:00:00Z'",
            "yyyy-MM-dd'T00:00:00.000+00:00'",
            "EEE, dd MMM yyyy 00:00:00 'GMT'",
            "MMM d, yyyy 12:00 'AM'");
    private static final List<String> LONGER = List.of("yyyy-MM", "yyyy", "MMMM yyyy");
    private static final List<String> LOCAL =
            List.of("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "dd MMM yyyy HH:mm:ss", "MMM d, yyyy, h:mm a");
    private static final List<String> MOMENTS = List.of(
            "yyyy-MM-dd'T'HH:mm:ssXXX",
            "yyyy-MM-dd HH:mm:ss.SSSSSSSSSXX",
            "EEE, dd MMM yyyy HH:mm:ss XX",
            "EEEE, d MMMM yyyy HH:mm XXX",
            "MMM d, yyyy h:mm:ss a 'UTC'xxx");

    @Provide
    Arbitrary<ZonedDateTime> published() {
        Arbitrary<LocalDate> days = Arbitraries.longs()
                .between(
                        LocalDate.of(1995, 1, 1).toEpochDay(),
                        LocalDate.of(2060, 1, 1).toEpochDay())
                .map(LocalDate::ofEpochDay);
        Arbitrary<LocalTime> times =
                Arbitraries.longs().between(0, 86_399_999_999_999L).map(LocalTime::ofNanoOfDay);
        Arbitrary<ZoneOffset> zones =
                Arbitraries.integers().between(-48, 56).map(quarter -> ZoneOffset.ofTotalSeconds(quarter * 900));
        return Combinators.combine(days, times, zones).as(ZonedDateTime::of);
    }

    @Property(tries = 2_000)
    void parsedTimeIsNeverBeforePublication(@ForAll("published") ZonedDateTime published) {
        Instant second = published.toInstant().truncatedTo(ChronoUnit.SECONDS);
        for (List<String> forms : List.of(DAYS, MIDNIGHTS, LONGER, LOCAL)) {
            for (String form : forms) {
                PublishedTime read =
                        PublicationTimeParser.parse(written(form, published)).orElseThrow();
                assertThat(read.at()).as(written(form, published)).isAfterOrEqualTo(second);
                assertThat(read.certainty()).isEqualTo(PublishedTime.Certainty.ESTIMATED);
            }
        }
    }

    @Property(tries = 2_000)
    void momentWithZoneIsParsedExactly(@ForAll("published") ZonedDateTime published) {
        for (String form : MOMENTS) {
            String text = written(form, published);
            PublishedTime read = PublicationTimeParser.parse(text).orElseThrow(() -> new AssertionError(text));
            boolean midnight = published.toLocalTime().toSecondOfDay() < 60;
            Instant said = published.toInstant().truncatedTo(ChronoUnit.SECONDS);
            assertThat(read.at()).as(text).isAfterOrEqualTo(said);
            if (!midnight) {
                assertThat(read.at()).as(text).isBefore(said.plusSeconds(61));
            }
        }
    }

    @Property(tries = 500)
    void epochSecondsAtMidnightMeanTheDay(@ForAll("published") ZonedDateTime published) {
        Instant midnight = published.toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
        if (midnight.getEpochSecond() >= 1_000_000_000L) {
            for (String text : List.of("" + midnight.getEpochSecond(), "" + midnight.toEpochMilli())) {
                assertThat(PublicationTimeParser.parse(text).orElseThrow().at())
                        .as(text)
                        .isAfter(published.toInstant());
            }
        }
    }

    private static String written(String form, ZonedDateTime published) {
        return DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(published);
    }
}
