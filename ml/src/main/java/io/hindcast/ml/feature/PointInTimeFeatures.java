package io.hindcast.ml.feature;

import io.hindcast.api.market.Interval;
import io.hindcast.api.news.Sentiment;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The features of any bar as they could be computed when that bar became known, whatever has been learned since.
 *
 * <p>The features of bar <i>t</i> use, for each minute from midnight UTC of <i>day(t) − k</i> to <i>t</i>, the highest
 * revision whose {@link KnownBar#knownAt} is at or before that of revision 0 of <i>t</i>; a minute without one is
 * missing (see {@link FeatureSet} for what that means). So bars may be recorded in any order and more often than once,
 * and bars known later may be recorded early: none of it changes a result. What was recorded must be complete, though:
 * a bar that was known and is not recorded counts as missing. Of the news bar <i>t</i> knows what counts from a moment
 * no later than that.
 *
 * <p>The <b>window</b> of bar <i>t</i> is its own features and those of the bars directly before it, each as they were
 * when that bar became known. It ends at the first of them, going back, that was not known when <i>t</i> was, and what
 * would be before is missing: a window never crosses a gap, and a bar that came late is in no window of a bar that was
 * scored without it.
 *
 * <p>Asked in ascending order, each answer costs O(1): k + 1 folds run side by side, one anchored at each midnight, so
 * that a new day costs nothing extra. A surprise (a late bar, a revision, a step back in time) folds the window anew,
 * some milliseconds.
 *
 * <p>Not thread-safe: one thread at a time.
 */
public final class PointInTimeFeatures {

    private static final long BAR = Interval.ONE_MINUTE.millis();
    private static final long DAY = 86_400_000L;
    private static final int BARS_A_DAY = (int) (DAY / BAR);
    private static final long NEVER = Long.MAX_VALUE;

    /** Bars that a window may have at most. */
    public static final int LONGEST_WINDOW = 1024;

    private final FeatureSet set;
    private final TreeMap<Long, @Nullable Revisions[]> days = new TreeMap<>();
    private final FeatureFold[] folds;
    private final RecentFeatures recent = new RecentFeatures(LONGEST_WINDOW);
    private final KnownNews news = new KnownNews();

    private boolean walking;
    /**
     * The UTC day that {@code folds[0]} serves; {@code folds[i]} is anchored at midnight of {@code walkDay − k + i}.
     */
    private long walkDay;
    /** Open time of the minute folded last. */
    private long last;
    /** Latest known-time among the folded bars: asked for an earlier moment, the walk knows too much. */
    private long latestFolded;
    /** Earliest known-time among what was passed over: asked for a moment at or after it, the walk knows too little. */
    private long earliestUnfolded;

    private long forgottenBefore = Long.MIN_VALUE;

    private long cachedDay = Long.MIN_VALUE;
    private @Nullable Revisions @Nullable [] cachedBars;

    public PointInTimeFeatures(FeatureSet set) {
        this.set = set;
        this.folds = new FeatureFold[set.anchorDays() + 1];
        for (int i = 0; i < folds.length; i++) {
            folds[i] = set.newFold();
        }
    }

    /**
     * Takes note of a bar. A (open time, revision) that is held already is left as it is; a bar that
     * {@link #forgetBefore} has let go of stays forgotten.
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
        long day = Math.floorDiv(openTime, DAY);
        @Nullable Revisions[] bars = days.computeIfAbsent(day, _ -> new Revisions[BARS_A_DAY]);
        int minute = (int) (Math.floorMod(openTime, DAY) / BAR);
        @Nullable Revisions before = bars[minute];
        Revisions after = Revisions.with(before, known);
        if (after == before) {
            return;
        }
        bars[minute] = after;
        recent.recorded(openTime, known.knownAt());
        if (walking && openTime <= last) {
            earliestUnfolded = Math.min(earliestUnfolded, known.knownAt());
        }
        cachedDay = Long.MIN_VALUE;
    }

    /**
     * Takes note of a score of an article: bars that became known at or after {@link Sentiment.Score#from} know it. Of
     * one text the score that was recorded first stays. A set that reads no news does without.
     */
    public void record(Sentiment.Score score) {
        if (set.readsNews() && news.record(score)) {
            recent.learned(score.from());
        }
    }

    /**
     * The features of the bar that opens at {@code openTime}, one for each of {@link FeatureSet#names()}, {@code NaN}
     * where there is no value.
     *
     * @param openTime epoch milliseconds
     * @throws IllegalArgumentException if revision 0 of that bar was not recorded, or bars it needs were forgotten
     */
    public double[] at(long openTime) {
        checkKept(openTime, openTime);
        if (firstKnownAt(openTime) == NEVER) {
            throw new IllegalArgumentException(
                    "no bar recorded that opens at " + Instant.ofEpochMilli(openTime) + " with revision 0");
        }
        return featuresOf(openTime).clone();
    }

    /**
     * The window that ends with the bar that opens at {@code openTime}: the features of so many bars, oldest first, one
     * after the other, all {@code NaN} for those before a gap. A window of one bar is {@link #at}.
     *
     * @param openTime epoch milliseconds
     * @param bars 1 to {@value #LONGEST_WINDOW}
     * @throws IllegalArgumentException if revision 0 of that bar was not recorded, or bars it needs were forgotten
     */
    public double[] window(long openTime, int bars) {
        int held = windowBars(openTime, bars);
        double[] window = new double[bars * set.size()];
        Arrays.fill(window, 0, (bars - held) * set.size(), Double.NaN);
        for (int i = bars - held; i < bars; i++) {
            System.arraycopy(featuresOf(openTime - (bars - 1 - i) * BAR), 0, window, i * set.size(), set.size());
        }
        return window;
    }

    /** How many bars of {@link #window} are not missing, 1 or more. */
    public int windowBars(long openTime, int bars) {
        if (bars < 1 || bars > LONGEST_WINDOW) {
            throw new IllegalArgumentException("a window of " + bars + " bars, expected 1 to " + LONGEST_WINDOW);
        }
        checkKept(openTime - (bars - 1) * BAR, openTime);
        long moment = firstKnownAt(openTime);
        if (moment == NEVER) {
            throw new IllegalArgumentException(
                    "no bar recorded that opens at " + Instant.ofEpochMilli(openTime) + " with revision 0");
        }
        int held = 1;
        while (held < bars && firstKnownAt(openTime - held * BAR) <= moment) {
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

    /** When the bar was known first; {@link #NEVER} if it was not. */
    private long firstKnownAt(long openTime) {
        return Math.floorMod(openTime, BAR) == 0 ? Revisions.firstKnownAt(revisionsAt(openTime)) : NEVER;
    }

    private double[] featuresOf(long openTime) {
        double[] features = recent.get(openTime);
        if (features == null) {
            long moment = firstKnownAt(openTime);
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
     * Lets go of what no bar that opens at or after {@code openTime} needs; a window needs what its first bar needs.
     */
    public void forgetBefore(long openTime) {
        long firstNeeded = (Math.floorDiv(openTime, DAY) - set.anchorDays()) * DAY;
        if (firstNeeded > forgottenBefore) {
            forgottenBefore = firstNeeded;
            days.headMap(Math.floorDiv(firstNeeded, DAY)).clear();
            cachedDay = Long.MIN_VALUE;
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
        for (Revisions r = revisionsAt(openTime); r != null; r = r.lower) {
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

    private @Nullable Revisions revisionsAt(long openTime) {
        long day = Math.floorDiv(openTime, DAY);
        if (day != cachedDay) {
            cachedDay = day;
            cachedBars = days.get(day);
        }
        return cachedBars == null ? null : cachedBars[(int) (Math.floorMod(openTime, DAY) / BAR)];
    }

    /** The revisions of one minute, highest first. */
    private static final class Revisions {
        final KnownBar known;
        final @Nullable Revisions lower;

        private Revisions(KnownBar known, @Nullable Revisions lower) {
            this.known = known;
            this.lower = lower;
        }

        /** These revisions and one more; the same object if it is among them. */
        static @Nullable Revisions with(@Nullable Revisions held, KnownBar known) {
            if (held == null || held.known.revision() < known.revision()) {
                return new Revisions(known, held);
            }
            if (held.known.revision() == known.revision()) {
                return held;
            }
            Revisions lower = with(held.lower, known);
            return lower == held.lower ? held : new Revisions(held.known, lower);
        }

        /** When revision 0 became known, {@link #NEVER} if it is not held. */
        static long firstKnownAt(@Nullable Revisions held) {
            Revisions r = held;
            while (r != null && r.lower != null) {
                r = r.lower;
            }
            return r == null || r.known.revision() != 0 ? NEVER : r.known.knownAt();
        }
    }
}
