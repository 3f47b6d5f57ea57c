package io.hindcast.projections;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * From one open time to another, both inclusive, in milliseconds since 1970.
 *
 * <p>What tables hold about spans is asked one plain range at a time: a join of ranges would be planned by statistics,
 * and the tables of a new build have none.
 */
public record OpenTimeRange(long from, long to) {

    private static final long DAY = 86_400_000;

    public static OpenTimeRange of(long time) {
        return new OpenTimeRange(time, time);
    }

    /** The smallest that holds this one and a time. */
    public OpenTimeRange with(long time) {
        return new OpenTimeRange(Math.min(from, time), Math.max(to, time));
    }

    /** This one, begun earlier and ended later. */
    public OpenTimeRange widened(long before, long after) {
        return new OpenTimeRange(from - before, to + after);
    }

    public Instant first() {
        return Instant.ofEpochMilli(from);
    }

    public Instant last() {
        return Instant.ofEpochMilli(to);
    }

    /** As few spans as hold all of these without holding whole days that none of them touches. */
    public static List<OpenTimeRange> joined(Collection<OpenTimeRange> spans) {
        List<OpenTimeRange> joined = new ArrayList<>();
        for (OpenTimeRange span : spans.stream()
                .sorted(Comparator.comparingLong(OpenTimeRange::from))
                .toList()) {
            if (!joined.isEmpty() && span.from - joined.getLast().to < DAY) {
                joined.set(joined.size() - 1, joined.getLast().with(span.to));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }
}
