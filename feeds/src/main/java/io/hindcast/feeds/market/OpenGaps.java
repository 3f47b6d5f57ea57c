package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import java.util.ArrayList;
import java.util.List;

/** Missing minutes that are still searched. Not thread-safe. */
final class OpenGaps {

    /**
     * A gap.
     *
     * @param sinceNanos when it was found, on the clock of {@link io.hindcast.runtime.WallTimer#nanoTime}
     * @param answers searches for it that the exchange answered
     */
    record Gap(MinuteRange minutes, long sinceNanos, int answers) {}

    private final List<Gap> gaps = new ArrayList<>();

    /**
     * Adds new gaps.
     *
     * @param answers searches for them that the exchange answered already
     */
    void add(List<MinuteRange> missing, long nowNanos, int answers) {
        for (MinuteRange minutes : missing) {
            gaps.add(new Gap(minutes, nowNanos, answers));
        }
    }

    /** Puts back a gap whose search failed. */
    void unanswered(Gap gap) {
        gaps.add(gap);
    }

    /** Puts back the parts of a gap that a search did not find. */
    void stillMissing(Gap gap, List<MinuteRange> missing) {
        for (MinuteRange minutes : missing) {
            gaps.add(new Gap(minutes, gap.sinceNanos(), gap.answers() + 1));
        }
    }

    /** Removes the minute of a bar that was recorded. */
    void filled(Candle bar) {
        for (Gap gap : List.copyOf(gaps)) {
            if (gap.minutes().contains(bar.openTime())) {
                gaps.remove(gap);
                for (MinuteRange rest : gap.minutes().without(List.of(bar))) {
                    gaps.add(new Gap(rest, gap.sinceNanos(), gap.answers()));
                }
            }
        }
    }

    /** Removes and returns all gaps. */
    List<Gap> takeAll() {
        List<Gap> all = List.copyOf(gaps);
        gaps.clear();
        return all;
    }

    boolean isEmpty() {
        return gaps.isEmpty();
    }

    int size() {
        return gaps.size();
    }

    /** Returns the fewest answered searches of any gap, 1 if there is none. */
    int fewestAnswers() {
        return gaps.stream().mapToInt(Gap::answers).min().orElse(1);
    }
}
