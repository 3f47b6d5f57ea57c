package io.hindcast.projections;

import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A range of open times, both ends inclusive, in milliseconds since 1970.
 *
 * <p>Tables are queried one range at a time, not by a join with ranges: a join is planned by statistics, which the
 * tables of a new build lack.
 */
public record OpenTimeRange(long from, long to) {

    public static OpenTimeRange of(long time) {
        return new OpenTimeRange(time, time);
    }

    public static OpenTimeRange of(Instant from, Instant to) {
        return new OpenTimeRange(from.toEpochMilli(), to.toEpochMilli());
    }

    /** Returns the smallest range that contains this one and a time. */
    public OpenTimeRange with(long time) {
        return new OpenTimeRange(Math.min(from, time), Math.max(to, time));
    }

    /** Returns a range that begins and ends this many milliseconds earlier and later. */
    public OpenTimeRange widened(long before, long after) {
        return new OpenTimeRange(from - before, to + after);
    }

    public Instant first() {
        return Instant.ofEpochMilli(from);
    }

    public Instant last() {
        return Instant.ofEpochMilli(to);
    }

    /** Joins ranges that are less than a day apart, so that few remain and none covers an untouched day. */
    public static List<OpenTimeRange> joined(Collection<OpenTimeRange> ranges) {
        List<OpenTimeRange> joined = new ArrayList<>();
        for (OpenTimeRange range : ranges.stream()
                .sorted(Comparator.comparingLong(OpenTimeRange::from))
                .toList()) {
            if (!joined.isEmpty() && range.from - joined.getLast().to < UtcDay.LENGTH.toMillis()) {
                joined.set(joined.size() - 1, joined.getLast().with(range.to));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
