package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import java.util.ArrayList;
import java.util.List;

/** Missing minutes that are still asked for. */
final class OpenGaps {

    /** @param looks how often REST answered */
    record Gap(MinuteRange minutes, long sinceNanos, int looks) {}

    private final List<Gap> gaps = new ArrayList<>();

    /** @param looks how often REST answered before */
    void add(List<MinuteRange> missing, long nowNanos, int looks) {
        for (MinuteRange minutes : missing) {
            gaps.add(new Gap(minutes, nowNanos, looks));
        }
    }

    /** Takes a gap back that could not be asked for. */
    void unanswered(Gap gap) {
        gaps.add(gap);
    }

    void again(Gap gap, List<MinuteRange> stillMissing) {
        for (MinuteRange minutes : stillMissing) {
            gaps.add(new Gap(minutes, gap.sinceNanos(), gap.looks() + 1));
        }
    }

    /** A bar of a gap came by itself. */
    void filled(Candle bar) {
        for (Gap gap : List.copyOf(gaps)) {
            MinuteRange minutes = gap.minutes();
            if (!bar.openTime().isBefore(minutes.from()) && !bar.openTime().isAfter(minutes.to())) {
                gaps.remove(gap);
                for (MinuteRange rest : minutes.without(List.of(bar))) {
                    gaps.add(new Gap(rest, gap.sinceNanos(), gap.looks()));
                }
            }
        }
    }

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

    int looks() {
        return gaps.stream().mapToInt(Gap::looks).min().orElse(1);
    }
}
