package io.hindcast.command.market;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The open and the confirmed gaps of one day, as runs of minutes. A confirmed gap is one for which the exchange has no
 * bars. Queries take a predicate that is true for the minutes held.
 */
final class Gaps {

    /** Minutes {@code from} to {@code to}, both inclusive. */
    record Run(int from, int to) {}

    private final List<Run> runs = new ArrayList<>();
    private final BitSet known = new BitSet();
    private final BitSet confirmed = new BitSet();

    Gaps() {}

    private Gaps(Gaps original) {
        runs.addAll(original.runs);
        known.or(original.known);
        confirmed.or(original.confirmed);
    }

    /** Returns a copy in which these runs are confirmed. */
    Gaps withConfirmed(List<Run> more) {
        Gaps copy = new Gaps(this);
        more.forEach(run -> copy.confirmed(run.from, run.to));
        return copy;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Returns the reported minutes that are neither held nor known to be missing. */
    List<Run> undetected(int from, int to, IntPredicate held) {
        return runs(from, to, minute -> !held.test(minute) && !known.get(minute));
    }

    /** Returns the minutes of detected gaps in this range that are still missing and not confirmed. */
    List<Run> unconfirmed(int from, int to, IntPredicate held) {
        return runs(from, to, minute -> !held.test(minute) && known.get(minute) && !confirmed.get(minute));
    }

    /** Returns the runs whose every minute is held. */
    List<Run> repaired(IntPredicate held) {
        List<Run> repaired = new ArrayList<>();
        for (Run run : runs) {
            if (runs(run.from, run.to, minute -> !held.test(minute)).isEmpty()) {
                repaired.add(run);
            }
        }
        return repaired;
    }

    void detected(int from, int to) {
        runs.add(new Run(from, to));
        known.set(from, to + 1);
    }

    /** Confirms a range of minutes; a confirmed part of a run becomes a run of its own. */
    void confirmed(int from, int to) {
        confirmed.set(from, to + 1);
        for (Run run : List.copyOf(runs)) {
            if (run.from <= to && run.to >= from) {
                runs.remove(run);
                if (run.from < from) {
                    runs.add(new Run(run.from, from - 1));
                }
                runs.add(new Run(Math.max(run.from, from), Math.min(run.to, to)));
                if (run.to > to) {
                    runs.add(new Run(to + 1, run.to));
                }
            }
        }
    }

    void repaired(int from, int to) {
        runs.remove(new Run(from, to));
        known.clear(from, to + 1);
        confirmed.clear(from, to + 1);
    }

    private static List<Run> runs(int from, int to, IntPredicate belongs) {
        List<Run> runs = new ArrayList<>();
        int start = -1;
        for (int minute = from; minute <= to + 1; minute++) {
            boolean in = minute <= to && belongs.test(minute);
            if (in && start < 0) {
                start = minute;
            } else if (!in && start >= 0) {
                runs.add(new Run(start, minute - 1));
                start = -1;
            }
        }
        return runs;
    }
}
