package io.hindcast.projections.prediction;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;

/** A version's UTC day. */
record VersionDay(String version, LocalDate day) implements Comparable<VersionDay> {

    private static final Comparator<VersionDay> BY_DAY =
            Comparator.comparing(VersionDay::day).thenComparing(VersionDay::version);

    static VersionDay of(String version, long openTime) {
        return new VersionDay(
                version, Instant.ofEpochMilli(openTime).atZone(ZoneOffset.UTC).toLocalDate());
    }

    @Override
    public int compareTo(VersionDay other) {
        return BY_DAY.compare(this, other);
    }
}
