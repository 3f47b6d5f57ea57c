package io.hindcast.api.news;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.time.LocalDate;

/** Identity of the headlines first seen on one UTC day, written {@code headlines:2022-01-01}. */
public record HeadlineDayId(LocalDate day) {

    private static final String PREFIX = "headlines:";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static HeadlineDayId parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("day of headlines '" + text + "', expected headlines:YYYY-MM-DD");
        }
        return new HeadlineDayId(LocalDate.parse(text.substring(PREFIX.length())));
    }

    /** Returns the day that contains a moment. */
    public static HeadlineDayId holding(Instant firstSeenAt) {
        return new HeadlineDayId(UtcDay.of(firstSeenAt));
    }

    public HeadlineDayId before() {
        return new HeadlineDayId(day.minusDays(1));
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + day;
    }
}
