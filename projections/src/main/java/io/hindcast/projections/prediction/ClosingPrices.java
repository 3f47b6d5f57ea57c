package io.hindcast.projections.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.projections.OpenTimeRange;
import io.hindcast.readmodel.TableReader;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Closing prices of a symbol by open time, and the outcomes that follow from them. */
final class ClosingPrices {

    static final long BAR = 60_000;

    private final Map<Long, Close> byOpenTime = new HashMap<>();

    private record Close(double price, Instant knownAt) {}

    /**
     * The outcome of a bar.
     *
     * @param change relative change of the close over the horizon, as a fraction
     * @param knownAt latest time at which one of the bars of the horizon became known
     */
    record Outcome(Signal signal, double change, Instant knownAt) {}

    static ClosingPrices read(TableWriter tables, Symbol symbol, Collection<OpenTimeRange> ranges) {
        ClosingPrices closes = new ClosingPrices();
        for (OpenTimeRange range : OpenTimeRange.joined(ranges)) {
            tables.each(
                    """
                    select open_time, close::float8, known_at
                    from @candle where symbol = ? and open_time between ? and ?
                    """,
                    row -> closes.byOpenTime.put(
                            TableReader.time(row, 1).toEpochMilli(),
                            new Close(row.getDouble(2), TableReader.time(row, 3))),
                    symbol.value(),
                    range.first(),
                    range.last());
        }
        return closes;
    }

    /** Returns the outcome of a bar; empty while a bar of the horizon is missing, so a gap leaves none. */
    Optional<Outcome> outcome(long openTime, @Nullable LabelSpec label) {
        Close first = byOpenTime.get(openTime);
        if (label == null || first == null) {
            return Optional.empty();
        }
        Close last = first;
        Instant knownAt = first.knownAt;
        for (int bar = 1; bar <= label.horizonBars(); bar++) {
            last = byOpenTime.get(openTime + bar * BAR);
            if (last == null) {
                return Optional.empty();
            }
            knownAt = knownAt.isBefore(last.knownAt) ? last.knownAt : knownAt;
        }
        double change = (last.price - first.price) / first.price;
        return Optional.of(new Outcome(label.outcome(first.price, last.price), change, knownAt));
    }

    /** Returns the logarithm of the next bar's close over this bar's; 0 if one of them is missing. */
    double logReturn(long openTime) {
        Close now = byOpenTime.get(openTime);
        Close next = byOpenTime.get(openTime + BAR);
        return now == null || next == null ? 0 : StrictMath.log(next.price / now.price);
    }
}
