package io.hindcast.command.market;

import io.hindcast.api.market.Candles;
import java.util.Arrays;
import java.util.List;

/** The minutes of a day that are held, each with its revision and the digest of its latest values: 20 bytes each. */
final class HeldBars {

    static final int ABSENT = -1;

    private final long[] first;
    private final long[] second;
    private final int[] revision;
    private final BarDigest digest = new BarDigest();
    private int count;

    HeldBars(int perDay) {
        first = new long[perDay];
        second = new long[perDay];
        revision = new int[perDay];
        Arrays.fill(revision, ABSENT);
    }

    int count() {
        return count;
    }

    boolean holds(int minute) {
        return revision[minute] != ABSENT;
    }

    int revision(int minute) {
        return revision[minute];
    }

    boolean same(int minute, BarDigest bar) {
        return first[minute] == bar.first && second[minute] == bar.second;
    }

    void hold(Candles bars, List<Integer> revisions) {
        for (int row = 0; row < bars.size(); row++) {
            int minute = bars.minute().get(row);
            digest.of(bars, row);
            if (revision[minute] == ABSENT) {
                count++;
            }
            first[minute] = digest.first;
            second[minute] = digest.second;
            revision[minute] = revisions.get(row);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeldBars that
                && Arrays.equals(first, that.first)
                && Arrays.equals(second, that.second)
                && Arrays.equals(revision, that.revision);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + Arrays.hashCode(revision);
    }
}
