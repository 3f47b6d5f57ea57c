package io.hindcast.ml.label;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.PriceChange;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.KnownBar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures how a market reacted to articles. With the label's horizon as window, the <i>base</i> is the close of the
 * last bar that closed at or before publication, and the mean is that of all bars that closed after publication and at
 * most one window later: the bar that is open at publication counts, since its close is not known yet. The horizon
 * counts one-minute bars, so a window has that many bars. Each minute's highest revision counts.
 *
 * <p>Sums are exact, over the shortest decimals of the closes, and therefore independent of their order; a mean is
 * rounded once.
 *
 * <p>There is no reaction
 *
 * <ul>
 *   <li>before the end of the window: while the last bar closes before publication + window;
 *   <li>where more than {@link #missingTolerated()} bars are missing, directly before publication and within the window
 *       together.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class ArticleReactions {

    /** Twelve hours, ±0.5 %. */
    public static final LabelSpec DEFAULT = new LabelSpec(720, 0.5);

    private static final long BAR = Interval.ONE_MINUTE.millis();
    private static final int BARS_FOR_ONE_MISSING = 20;

    private final LabelSpec label;
    private final long[] closeTimes;
    private final double[] closes;
    /** Exact sums of all closes before each. */
    private final BigDecimal[] sums;

    /** @param bars every revision known, in any order */
    public ArticleReactions(LabelSpec label, Iterable<KnownBar> bars) {
        this.label = label;
        Map<Long, KnownBar> minutes = new TreeMap<>();
        for (KnownBar bar : bars) {
            minutes.merge(bar.bar().openTime(), bar, (a, b) -> b.revision() > a.revision() ? b : a);
        }
        closeTimes = new long[minutes.size()];
        closes = new double[minutes.size()];
        sums = new BigDecimal[minutes.size() + 1];
        sums[0] = BigDecimal.ZERO;
        int i = 0;
        for (KnownBar known : minutes.values()) {
            Bar bar = known.bar();
            closeTimes[i] = bar.openTime() + BAR;
            closes[i] = bar.close();
            sums[i + 1] = sums[i].add(BigDecimal.valueOf(bar.close()));
            i++;
        }
    }

    public LabelSpec label() {
        return label;
    }

    /**
     * Returns the number of bars that may be missing, before publication and in the window together: one in twenty, 36
     * in twelve hours.
     */
    public int missingTolerated() {
        return label.horizonBars() / BARS_FOR_ONE_MISSING;
    }

    /** Returns the length of the window, milliseconds. */
    public long windowMillis() {
        return label.horizonBars() * BAR;
    }

    /**
     * Returns the reaction to an article published at this moment.
     *
     * @param published epoch milliseconds
     */
    public Optional<ArticleReaction> to(long published) {
        int first = firstClosedAfter(published);
        long over = published + windowMillis();
        if (first == 0 || closeTimes.length == 0 || closeTimes[closeTimes.length - 1] < over) {
            return Optional.empty();
        }
        int end = firstClosedAfter(over);
        int bars = end - first;
        long missing = (published - closeTimes[first - 1]) / BAR + label.horizonBars() - bars;
        if (bars == 0 || missing > missingTolerated()) {
            return Optional.empty();
        }
        double base = closes[first - 1];
        double mean = sums[end]
                .subtract(sums[first])
                .divide(BigDecimal.valueOf(bars), MathContext.DECIMAL128)
                .doubleValue();
        return Optional.of(
                new ArticleReaction(base, mean, bars, PriceChange.percent(base, mean), label.outcome(base, mean)));
    }

    /**
     * Returns the first close after a moment, at which whoever reads an article at that moment can trade; empty if
     * there is none.
     */
    public Optional<Double> closeAfter(long moment) {
        int first = firstClosedAfter(moment);
        return first == closes.length ? Optional.empty() : Optional.of(closes[first]);
    }

    /**
     * Returns the last close at or before a moment; empty if there is none, or if more bars before the moment are
     * missing than tolerated.
     */
    public Optional<Double> closeAt(long moment) {
        int first = firstClosedAfter(moment);
        return first == 0 || (moment - closeTimes[first - 1]) / BAR > missingTolerated()
                ? Optional.empty()
                : Optional.of(closes[first - 1]);
    }

    private int firstClosedAfter(long moment) {
        int at = Arrays.binarySearch(closeTimes, moment);
        return at >= 0 ? at + 1 : -at - 1;
    }
}
