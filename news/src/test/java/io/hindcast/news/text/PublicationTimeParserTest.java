package io.hindcast.news.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.news.PublishedTime;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTimeParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            value = {
                "2022-02-01T08:00:00Z → 2022-02-01T08:00:00Z",
                "2022-02-01T10:00:00.125+02:00 → 2022-02-01T08:00:00.125Z",
                "2022-02-01T10:00:00+0200 → 2022-02-01T08:00:00Z",
                "2024-03-01T00:05:00+00 → 2024-03-01T00:05:00Z",
                "2024-03-01 00:05:00 UTC → 2024-03-01T00:05:00Z",
                "2024/03/01 00:05:00 -05:30 → 2024-03-01T05:35:00Z",
                "20240301T000500Z → 2024-03-01T00:05:00Z",
                "20240301000500Z → 2024-03-01T00:05:00Z",
                "2026-11-28T18:29:33+01:00[Europe/Paris] → 2026-11-28T17:29:33Z",
                "Fri, 01 Mar 2024 00:05:00 GMT → 2024-03-01T00:05:00Z",
                "1 Mar 24 00:05:00 EST → 2024-03-01T05:05:00Z",
                "Sat, Nov 28 2026 10:29:33 MST → 2026-11-28T17:29:33Z",
                "Sat, 28 Nov 2026 17:29:33 GMT+0000 → 2026-11-28T17:29:33Z",
                "Sat Nov 28 2026 18:29:33 GMT+0100 (Central European Standard Time) → 2026-11-28T17:29:33Z",
                "Saturday, 28 November 2026 17:29:33 +0000 → 2026-11-28T17:29:33Z",
                "Sat, 28 Nov 2026 13:29:33 EDT → 2026-11-28T17:29:33Z",
                "November 28th, 2026 at 5:29:33 PM UTC → 2026-11-28T17:29:33Z",
                "Nov 28, 2026 12:29:33 a.m. GMT → 2026-11-28T00:29:33Z",
                "Sat Nov 28 17:29:33 UTC 2026 → 2026-11-28T17:29:33Z",
                "Sat Nov 28 17:29:33 +0000 2026 → 2026-11-28T17:29:33Z",
                "2026-11-28T17:29:60Z → 2026-11-28T17:29:59Z",
                "1709251500 → 2024-03-01T00:05:00Z",
                "1709251500.25 → 2024-03-01T00:05:00.250Z",
                "1.7092515E9 → 2024-03-01T00:05:00Z",
                "1709251500123 → 2024-03-01T00:05:00.123Z",
                "1709251500123456 → 2024-03-01T00:05:00.123456Z",
                "1709251500123456789 → 2024-03-01T00:05:00.123456789Z"
            })
    void parsesMomentWithZone(String stated, Instant meant) {
        assertThat(PublicationTimeParser.parse(stated)).contains(PublishedTime.stated(meant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            value = {"2026-11-28T17:29Z → 2026-11-28T17:30:00Z", "Nov 28, 2026 17:29 GMT → 2026-11-28T17:30:00Z"})
    void timeWithoutSecondsMeansEndOfMinute(String stated, Instant latest) {
        assertThat(PublicationTimeParser.parse(stated)).contains(PublishedTime.stated(latest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-01",
                "2024/1/1",
                "20240101",
                "1 January 2024",
                "Mon, 1st Jan 2024",
                "Jan 1, 2024",
                "01-Jan-2024",
                "2024-01-01Z",
                "2024-01-01 00:00",
                "2024-01-01 00:00:00",
                "2024-01-01T00:00:00Z",
                "2024-01-01T00:00:00.000+00:00",
                "Mon, 01 Jan 2024 00:00:00 GMT",
                "Mon, 01 Jan 2024 12:00:00 AM",
                "1704067200",
                "1704067200000"
            })
    void dayMeansItsEndEverywhere(String stated) {
        assertThat(PublicationTimeParser.parse(stated))
                .contains(PublishedTime.estimated(Instant.parse("2024-01-02T12:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            value = {
                "2024-01-01+09:00 → 2024-01-01T15:00:00Z",
                "2024-01-01T00:00:00-05:00 → 2024-01-02T05:00:00Z",
                "Mon, 01 Jan 2024 00:00:00 PST → 2024-01-02T08:00:00Z",
                "2024-01 → 2024-02-01T12:00:00Z",
                "February 2024 → 2024-03-01T12:00:00Z",
                "2023 → 2024-01-01T12:00:00Z",
                "2026-11-28 17:29:33 → 2026-11-29T05:29:33Z",
                "2026-11-28 17:29:33 IST → 2026-11-29T05:29:33Z",
                "2026-11-28 17:29 → 2026-11-29T05:30:00Z"
            })
    void impreciseTimesMeanTheirLatestMoment(String stated, Instant latest) {
        assertThat(PublicationTimeParser.parse(stated)).contains(PublishedTime.estimated(latest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "8h ago",
                "03/04/2024",
                "25.12.2024",
                "2024-13-01",
                "2024-02-30",
                "2024-02-03T25:00:00Z",
                "1 Foo 2024",
                "0",
                "1970-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "170925150",
                "202403010005",
                "99:99",
                "2024-01-01T00:00:00+99:00"
            })
    void refusesAmbiguousTexts(String stated) {
        assertThat(PublicationTimeParser.parse(stated)).isEmpty();
    }
}
