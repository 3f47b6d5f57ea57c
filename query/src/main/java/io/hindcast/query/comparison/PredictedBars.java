package io.hindcast.query.comparison;

import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.evaluate.ScoreTally;
import io.hindcast.readmodel.TableReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** A version's predictions with outcomes, as columns in order of time. */
final class PredictedBars {

    private static final PredictionOrigin[] ORIGINS = PredictionOrigin.values();
    private static final int CLASSES = Signal.CLASSES.size();

    private int size;
    private long predictions;
    private int[] minutes = new int[1_440];
    private double[] probabilities = new double[CLASSES * 1_440];
    private Signal[] signals = new Signal[1_440];
    private Signal[] outcomes = new Signal[1_440];

    private PredictedBars() {}

    /** Reads the predictions of some kinds in a period in one pass. A prediction may be of several kinds. */
    static Map<PerformanceKind, PredictedBars> read(
            TableReader tables, ComparedVersion version, Set<PerformanceKind> kinds, Instant from, Instant to) {
        Map<PerformanceKind, PredictedBars> bars = new EnumMap<>(PerformanceKind.class);
        kinds.forEach(kind -> bars.put(kind, new PredictedBars()));
        int seenFrom = Closes.minute(version.inSample().from());
        int seenTo = Closes.minute(version.inSample().to());
        double[] row = new double[CLASSES];
        RowCallbackHandler add = found -> {
            int minute = found.getInt(1);
            int code = found.getInt(5);
            boolean seen = minute >= seenFrom && minute <= seenTo;
            for (Map.Entry<PerformanceKind, PredictedBars> kind : bars.entrySet()) {
                if (kind.getKey().includes(ORIGINS[code / 4], seen)) {
                    kind.getValue().predictions++;
                    if (code % 4 > 0) {
                        row[0] = found.getDouble(2);
                        row[1] = found.getDouble(3);
                        row[2] = found.getDouble(4);
                        kind.getValue().add(minute, row, Signal.ofClass(code % 4 - 1));
                    }
                }
            }
        };
        Chunks.each(
                from,
                to,
                (start, end) -> tables.each("""
                        select (date_part('epoch', open_time) / 60)::int, sell, hold, buy,
                               array_position(array['LIVE', 'LATE', 'RECONCILED'], origin) * 4 - 4
                               + coalesce(array_position(array['SELL', 'HOLD', 'BUY'], outcome), 0)
                        from @prediction where version = ? and open_time >= ? and open_time < ?
                        order by open_time
                        """, add, version.version().toString(), start, end));
        return bars;
    }

    /** Reads the predictions of one kind. */
    static PredictedBars read(
            TableReader tables, ComparedVersion version, PerformanceKind kind, Instant from, Instant to) {
        PredictedBars bars = read(tables, version, EnumSet.of(kind), from, to).get(kind);
        return bars == null ? new PredictedBars() : bars;
    }

    private void add(int minute, double[] row, Signal outcome) {
        if (size == minutes.length) {
            minutes = Arrays.copyOf(minutes, 2 * size);
            probabilities = Arrays.copyOf(probabilities, 2 * CLASSES * size);
            signals = Arrays.copyOf(signals, 2 * size);
            outcomes = Arrays.copyOf(outcomes, 2 * size);
        }
        minutes[size] = minute;
        System.arraycopy(row, 0, probabilities, CLASSES * size, CLASSES);
        signals[size] = new Probabilities(row[0], row[1], row[2]).signal();
        outcomes[size++] = outcome;
    }

    /** Returns the rows whose index passes. */
    PredictedBars where(IntPredicate index) {
        PredictedBars some = new PredictedBars();
        some.predictions = predictions;
        double[] row = new double[CLASSES];
        for (int i = 0; i < size; i++) {
            if (index.test(i)) {
                System.arraycopy(probabilities, CLASSES * i, row, 0, CLASSES);
                some.add(minutes[i], row, outcomes[i]);
            }
        }
        return some;
    }

    /** Returns the rows of the minutes that other predictions are about, too. */
    PredictedBars alsoIn(PredictedBars other) {
        return where(i -> Arrays.binarySearch(other.minutes, 0, other.size, minutes[i]) >= 0);
    }

    int size() {
        return size;
    }

    /** Returns the number of predictions read, those without an outcome included. */
    long predictions() {
        return predictions;
    }

    int minute(int row) {
        return minutes[row];
    }

    Signal signal(int row) {
        return signals[row];
    }

    Signal outcome(int row) {
        return outcomes[row];
    }

    boolean right(int row) {
        return signals[row] == outcomes[row];
    }

    /** Returns the probability of the row's signal. */
    double confidence(int row) {
        return probabilities[CLASSES * row + signals[row].classIndex()];
    }

    double logLoss(int row) {
        return ScoreTally.logLoss(outcomes[row], probabilities, CLASSES * row);
    }

    double brier(int row) {
        return ScoreTally.brier(outcomes[row], probabilities, CLASSES * row);
    }

    void addTo(ScoreTally tally, int row) {
        tally.add(signals[row], outcomes[row], probabilities, CLASSES * row);
    }

    ScoreTally tally() {
        ScoreTally tally = new ScoreTally();
        for (int row = 0; row < size; row++) {
            addTo(tally, row);
        }
        return tally;
    }
}
