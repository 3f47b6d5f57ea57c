package io.hindcast.ml.feature;

import io.hindcast.api.market.Interval;
import io.hindcast.api.news.Sentiment;
import java.time.Instant;
import java.util.Arrays;

/**
 * Computes the features of any bar as of the moment when that bar became known, whatever was recorded later.
 *
 * <p>The features of bar <i>t</i> use, for each minute from midnight UTC of <i>day(t) − k</i> to <i>t</i>, the highest
 * revision whose {@link KnownBar#knownAt} is at or before that of revision 0 of <i>t</i>; a minute without one is
 * missing (see {@link FeatureSet} for what that means). So bars may be recorded in any order and repeatedly, and bars
 * that became known later may be recorded early: none of it changes a result. The recorded bars must be complete,
 * though: a bar that was known but is not recorded counts as missing. An article score affects bar <i>t</i> if it takes
 * effect no later than that moment.
 *
 * <p>The <b>window</b> of bar <i>t</i> is its own features and those of the bars directly before it, each as they were
 * when that bar became known. Going back, it ends before the first bar that was not yet known when <i>t</i> became
 * known, and everything before that is missing: a window never crosses a gap, and a late bar is in no window of a bar
 * that was scored without it.
 *
 * <p>In ascending order each bar costs O(1): k + 1 folds run side by side, one anchored at each midnight, so that a new
 * day costs nothing extra. A late bar, a revision or a step back in time recomputes the window, which takes some
 * milliseconds.
 *
 * <p>Not thread-safe.
 */
public final class PointInTimeFeatures {

    private static final long BAR = Interval.ONE_MINUTE.millis();
    private static final long DAY = 86_400_000L;
    private static final long NEVER = RecordedRevisions.NEVER;

    /** Most bars in a window. */
    public static final int LONGEST_WINDOW = 1024;

    private final FeatureSet set;
    private final RecordedRevisions revisions = new RecordedRevisions();
    private final FeatureFold[] folds;
    private final FeatureCache recent = new FeatureCache(LONGEST_WINDOW);
    private final NewsFeatures news = new NewsFeatures();

    private boolean walking;
    /**
     * UTC day for which {@code folds[0]} is used; {@code folds[i]} is anchored at midnight of {@code walkDay − k + i}.
     */
    private long walkDay;
    /** Open time of the minute folded last. */
    private long last;
    /** Latest {@code knownAt} of the folded bars: for an earlier moment the folds contain too much. */
    private long latestFolded;
    /** Earliest {@code knownAt} of the bars that were skipped: from that moment on the folds contain too little. */
    private long earliestUnfolded;

    private long forgottenBefore = Long.MIN_VALUE;

    public PointInTimeFeatures(FeatureSet set) {
        this.set = set;
        this.folds = new FeatureFold[set.anchorDays() + 1];
        for (int i = 0; i < folds.length; i++) {
            folds[i] = set.newFold();
        }
    }

    /**
     * Records a bar. A revision of a minute that is already recorded stays as it is; a bar discarded by
     * {@link #forgetBefore} stays discarded.
     *
     * @throws IllegalArgumentException if the bar does not open on a whole minute
     */
    public void record(KnownBar known) {
        long openTime = known.bar().openTime();
        if (Math.floorMod(openTime, BAR) != 0) {
            throw new IllegalArgumentException("bar opens at " + openTime + " ms, expected a whole minute");
        }
        if (openTime < forgottenBefore) {
            return;
        }
        if (!revisions.add(known)) {
            return;
        }
        recent.recorded(openTime, known.knownAt());
        if (walking && openTime <= last) {
            earliestUnfolded = Math.min(earliestUnfolded, known.knownAt());
        }
    }

    /**
     * Records an article score, which affects bars that became known at or after {@link Sentiment.Score#from}. Of
     * several scores of one text the first recorded one counts. Feature sets without news ignore it.
     */
    public void record(Sentiment.Score score) {
        if (set.readsNews() && news.record(score)) {
            recent.learned(score.from());
        }
    }

    /**
     * Returns the features of the bar that opens at {@code openTime}, one for each of {@link FeatureSet#names()},
     * {@code NaN} where there is no value.
     *
     * @param openTime epoch milliseconds
     * @throws IllegalArgumentException if revision 0 of that bar was not recorded, or bars it needs were forgotten
     */
    public double[] at(long openTime) {
        checkKept(openTime, openTime);
        if (revisions.firstKnownAt(openTime) == NEVER) {
            throw new IllegalArgumentException(
                    "no bar recorded that opens at " + Instant.ofEpochMilli(openTime) + " with revision 0");
        }
        return featuresOf(openTime).clone();
    }

    /**
     * Returns the window that ends with the bar that opens at {@code openTime}: the features of {@code bars} bars,
     * oldest first, one after the other, all {@code NaN} for those before a gap. A window of one bar equals
     * {@link #at}.
     *
     * @param openTime epoch milliseconds
     * @param bars 1 to {@value #LONGEST_WINDOW}
     * @throws IllegalArgumentException if revision 0 of that bar was not recorded, or bars it needs were forgotten
     */
    public double[] window(long openTime, int bars) {
        double[] window = new double[bars * set.size()];
        readWindow(openTime, bars, window, 0);
        return window;
    }

    /** Writes the {@link #window} that ends with a bar into {@code out}, from index {@code at} on. */
    public void readWindow(long openTime, int bars, double[] out, int at) {
        int held = windowBars(openTime, bars);
        Arrays.fill(out, at, at + (bars - held) * set.size(), Double.NaN);
        for (int i = bars - held; i < bars; i++) {
            System.arraycopy(featuresOf(openTime - (bars - 1 - i) * BAR), 0, out, at + i * set.size(), set.size());
        }
    }

    /** Returns the number of bars of {@link #window} that are not missing, 1 or more. */
    public int windowBars(long openTime, int bars) {
        if (bars < 1 || bars > LONGEST_WINDOW) {
            throw new IllegalArgumentException("a window of " + bars + " bars, expected 1 to " + LONGEST_WINDOW);
        }
        checkKept(openTime - (bars - 1) * BAR, openTime);
        long moment = revisions.firstKnownAt(openTime);
        if (moment == NEVER) {
            throw new IllegalArgumentException(
                    "no bar recorded that opens at " + Instant.ofEpochMilli(openTime) + " with revision 0");
        }
        int held = 1;
        while (held < bars && revisions.firstKnownAt(openTime - held * BAR) <= moment) {
            held++;
        }
        return held;
    }

    private void checkKept(long first, long asked) {
        if (Math.floorDiv(first, DAY) * DAY - set.anchorDays() * DAY < forgottenBefore) {
            throw new IllegalArgumentException("features at " + Instant.ofEpochMilli(asked) + " need bars before "
                    + Instant.ofEpochMilli(forgottenBefore) + ", which were forgotten");
        }
    }

    private double[] featuresOf(long openTime) {
        double[] features = recent.get(openTime);
        if (features == null) {
            long moment = revisions.firstKnownAt(openTime);
            walkTo(openTime, moment);
            double[] ofBars = new double[set.foldSize()];
            folds[0].read(ofBars);
            features = Arrays.copyOf(ofBars, set.size());
            if (set.readsNews()) {
                news.read(moment, features, set.foldSize());
            }
            recent.put(openTime, moment, features);
        }
        return features;
    }

    /**
     * Discards the bars and scores that no bar opening at or after {@code openTime} needs; a window needs those of its
     * first bar.
     */
    public void forgetBefore(long openTime) {
        long firstNeeded = (Math.floorDiv(openTime, DAY) - set.anchorDays()) * DAY;
        if (firstNeeded > forgottenBefore) {
            forgottenBefore = firstNeeded;
            revisions.forgetBefore(firstNeeded);
            news.forgetBefore(firstNeeded);
        }
    }

    private void walkTo(long openTime, long moment) {
        long day = Math.floorDiv(openTime, DAY);
        boolean canGoOn = walking
                && openTime >= last
                && day <= walkDay + 1
                && latestFolded <= moment
                && earliestUnfolded > moment;
        if (!canGoOn) {
            startWalkFor(day);
        }
        while (last < openTime) {
            step(last + BAR, moment);
        }
    }

    private void startWalkFor(long day) {
        for (FeatureFold fold : folds) {
            fold.restart();
        }
        walkDay = day;
        last = (day - set.anchorDays()) * DAY - BAR;
        latestFolded = Long.MIN_VALUE;
        earliestUnfolded = NEVER;
        walking = true;
    }

    private void step(long openTime, long moment) {
        long day = Math.floorDiv(openTime, DAY);
        if (day > walkDay) {
            rollOver();
        }
        KnownBar known = null;
        for (RecordedRevisions.Revision r = revisions.highest(openTime); r != null; r = r.lower) {
            if (r.known.knownAt() <= moment) {
                known = r.known;
                break;
            }
            earliestUnfolded = Math.min(earliestUnfolded, r.known.knownAt());
        }
        // folds[i] is anchored at midnight of walkDay − k + i and takes no part before it.
        int running = (int) Math.min(folds.length, day - (walkDay - set.anchorDays()) + 1);
        if (known == null) {
            for (int i = 0; i < running; i++) {
                folds[i].restart();
            }
        } else {
            latestFolded = Math.max(latestFolded, known.knownAt());
            for (int i = 0; i < running; i++) {
                folds[i].add(known.bar());
            }
        }
        last = openTime;
    }

    private void rollOver() {
        FeatureFold oldest = folds[0];
        System.arraycopy(folds, 1, folds, 0, folds.length - 1);
        folds[folds.length - 1] = oldest;
        oldest.restart();
        walkDay++;
    }
}
