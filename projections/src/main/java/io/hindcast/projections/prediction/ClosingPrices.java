package io.hindcast.projections.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.projections.OpenTimeRange;
import io.hindcast.readmodel.TableReader;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Closing prices of a symbol by open time, with all their revisions, and the outcomes that follow from them. */
final class ClosingPrices {

    static final long BAR = 60_000;

    /** The revisions of each bar, oldest first. */
    private final Map<Long, List<Close>> byOpenTime = new HashMap<>();

    private record Close(double price, Instant knownAt) {}

    /**
     * The outcome of a bar by the revisions known from a moment on.
     *
     * @param change relative change of the close over the horizon, as a fraction
     * @param knownAt since when it is this one
     */
    record Outcome(Signal signal, double change, Instant knownAt) {}

    static ClosingPrices read(TableWriter tables, Symbol symbol, Collection<OpenTimeRange> ranges) {
        ClosingPrices closes = new ClosingPrices();
        for (OpenTimeRange range : OpenTimeRange.joined(ranges)) {
            closes.read(tables, """
                    select open_time, close::float8, known_at from @candle_superseded
                    where symbol = ? and open_time between ? and ? order by open_time, revision
                    """, symbol, range);
            closes.read(tables, """
                    select open_time, close::float8, known_at
                    from @candle where symbol = ? and open_time between ? and ?
                    """, symbol, range);
        }
        return closes;
    }

    private void read(TableWriter tables, String sql, Symbol symbol, OpenTimeRange range) {
        tables.each(
                sql,
                row -> {
                    long openTime = TableReader.time(row, 1).toEpochMilli();
                    Close close = new Close(row.getDouble(2), TableReader.time(row, 3));
                    // Almost every bar has one revision, for which a list of one is the smallest.
                    byOpenTime.merge(openTime, List.of(close), (held, next) -> {
                        List<Close> all = new ArrayList<>(held);
                        all.addAll(next);
                        return all;
                    });
                },
                symbol.value(),
                range.first(),
                range.last());
    }

    /**
     * Returns the outcomes that a bar has had, the current one last. Empty while a bar of the horizon is missing, so a
     * gap leaves none.
     */
    List<Outcome> outcomes(long openTime, @Nullable LabelSpec label) {
        if (label == null) {
            return List.of();
        }
        Instant complete = Instant.MIN;
        for (int bar = 0; bar <= label.horizonBars(); bar++) {
            List<Close> close = byOpenTime.get(openTime + bar * BAR);
            if (close == null) {
                return List.of();
            }
            complete = later(complete, close.getFirst().knownAt);
        }
        List<Close> first = Objects.requireNonNull(byOpenTime.get(openTime));
        List<Close> last = Objects.requireNonNull(byOpenTime.get(openTime + label.horizonBars() * BAR));
        if (first.size() == 1 && last.size() == 1) {
            return List.of(outcome(label, first.getFirst().price, last.getFirst().price, complete));
        }
        TreeSet<Instant> moments = new TreeSet<>();
        moments.add(complete);
        first.forEach(close -> moments.add(close.knownAt));
        last.forEach(close -> moments.add(close.knownAt));
        List<Outcome> outcomes = new ArrayList<>();
        for (Instant moment : moments.tailSet(complete)) {
            Outcome next = outcome(label, at(first, moment), at(last, moment), moment);
            if (outcomes.isEmpty() || outcomes.getLast().change != next.change) {
                outcomes.add(next);
            }
        }
        return outcomes;
    }

    private static Outcome outcome(LabelSpec label, double first, double last, Instant knownAt) {
        return new Outcome(label.outcome(first, last), (last - first) / first, knownAt);
    }

    /** Returns the price by the latest revision known at a moment. */
    private static double at(List<Close> revisions, Instant moment) {
        double price = revisions.getFirst().price;
        for (Close revision : revisions) {
            price = revision.knownAt.isAfter(moment) ? price : revision.price;
        }
        return price;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    /** Returns the logarithm of the next bar's close over this bar's; 0 if one of them is missing. */
    double logReturn(long openTime) {
        List<Close> now = byOpenTime.get(openTime);
        List<Close> next = byOpenTime.get(openTime + BAR);
        return now == null || next == null ? 0 : StrictMath.log(next.getLast().price / now.getLast().price);
    }

    /** Returns when the last of the prices became known. */
    Instant knownAt() {
        return byOpenTime.values().stream()
                .map(revisions -> revisions.getLast().knownAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
