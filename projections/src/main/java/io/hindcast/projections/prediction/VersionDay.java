package io.hindcast.projections.prediction;

import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;

/** A UTC day of a version's predictions. */
record VersionDay(String version, LocalDate day) implements Comparable<VersionDay> {

    private static final Comparator<VersionDay> BY_DAY =
            Comparator.comparing(VersionDay::day).thenComparing(VersionDay::version);

    static VersionDay of(String version, long openTime) {
        return new VersionDay(version, UtcDay.of(Instant.ofEpochMilli(openTime)));
    }

    @Override
    public int compareTo(VersionDay other) {
        return BY_DAY.compare(this, other);
    }
}
