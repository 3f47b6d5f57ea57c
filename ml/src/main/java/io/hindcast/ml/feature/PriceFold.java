package io.hindcast.ml.feature;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes the features of {@code price-v1} over one run of bars.
 *
 * <p>Sources: relative strength and average true range, Wilder (1978); moving average convergence/divergence, Appel
 * (1979); bands and %b, Bollinger (2001), with the population deviation he uses.
 */
final class PriceFold implements FeatureFold {

    private static final int[] LAGS = {1, 2, 3, 5, 10, 15, 30, 60};
    private static final int[] VOLATILITY_WINDOWS = {10, 30, 60, 240};
    private static final int[] ACTIVITY_WINDOWS = {60, 240};
    private static final int RSI = 14;
    private static final int MACD_FAST = 12;
    private static final int MACD_SLOW = 26;
    private static final int MACD_SIGNAL = 9;
    private static final int BOLLINGER = 20;
    private static final int ATR = 14;
    private static final int TAKER_WINDOW = 15;
    private static final int HISTORY = 64;
    private static final long MINUTE = 60_000L;
    private static final int MINUTES_A_DAY = 1440;
    private static final int MINUTES_A_WEEK = 7 * MINUTES_A_DAY;
    /** 1970-01-01 was a Thursday: minutes from the Monday before it. */
    private static final int EPOCH_MINUTE_OF_WEEK = 3 * MINUTES_A_DAY;

    static final List<Feature> FEATURES = features();

    private final double[] closes = new double[HISTORY];
    private final RollingMoments[] volatility = windows(VOLATILITY_WINDOWS);
    private final Smoothed gain = Smoothed.wilder(RSI);
    private final Smoothed loss = Smoothed.wilder(RSI);
    private final Smoothed fast = Smoothed.exponential(MACD_FAST);
    private final Smoothed slow = Smoothed.exponential(MACD_SLOW);
    private final Smoothed signal = Smoothed.exponential(MACD_SIGNAL);
    private final RollingMoments bollinger = new RollingMoments(BOLLINGER);
    private final Smoothed trueRange = Smoothed.wilder(ATR);
    private final RollingMoments takerVolume = new RollingMoments(TAKER_WINDOW);
    private final RollingMoments anyVolume = new RollingMoments(TAKER_WINDOW);
    private final RollingMoments[] volumes = windows(ACTIVITY_WINDOWS);
    private final RollingMoments[] trades = windows(ACTIVITY_WINDOWS);

    private int bars;
    private Bar bar = new Bar(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private double logVolume;
    private double logTrades;

    private static List<Feature> features() {
        List<Feature> all = new ArrayList<>();
        for (int lag : LAGS) {
            all.add(new Feature("ret_" + lag, "close / close[" + lag + " ago] - 1", lag));
        }
        for (int lag : LAGS) {
            all.add(new Feature("logret_" + lag, "ln(close / close[" + lag + " ago])", lag));
        }
        all.add(new Feature("range", "(high - low) / close", 0));
        all.add(new Feature("body", "(close - open) / (high - low), missing if high = low", 0));
        all.add(new Feature("upper_shadow", "(high - max(open, close)) / (high - low), missing if high = low", 0));
        all.add(new Feature("lower_shadow", "(min(open, close) - low) / (high - low), missing if high = low", 0));
        for (int window : VOLATILITY_WINDOWS) {
            all.add(new Feature("vol_" + window, "sample deviation of the last " + window + " ln returns", window));
        }
        all.add(new Feature(
                "rsi_" + RSI,
                "Wilder gain / (Wilder gain + Wilder loss) over " + RSI + " changes of close, 0.5 if both are 0",
                RSI));
        all.add(new Feature(
                "macd", "(EMA " + MACD_FAST + " - EMA " + MACD_SLOW + ") / close, seeded by mean", MACD_SLOW - 1));
        all.add(new Feature(
                "macd_signal",
                "EMA " + MACD_SIGNAL + " of (EMA " + MACD_FAST + " - EMA " + MACD_SLOW + ") / close, seeded by mean",
                MACD_SLOW + MACD_SIGNAL - 2));
        all.add(new Feature("macd_histogram", "macd - macd_signal", MACD_SLOW + MACD_SIGNAL - 2));
        all.add(new Feature(
                "bollinger_b",
                "(close - lower) / (upper - lower), bands at mean ± 2 population deviations of " + BOLLINGER
                        + " closes, missing if they coincide",
                BOLLINGER - 1));
        all.add(new Feature("bollinger_width", "(upper - lower) / mean of " + BOLLINGER + " closes", BOLLINGER - 1));
        all.add(new Feature("atr_" + ATR, "Wilder mean of true range over " + ATR + " bars / close", ATR));
        all.add(new Feature("taker_buy", "taker buy volume / volume, missing if volume = 0", 0));
        all.add(new Feature(
                "taker_buy_" + TAKER_WINDOW,
                "mean taker buy volume / mean volume of " + TAKER_WINDOW + " bars, missing if no volume",
                TAKER_WINDOW - 1));
        all.add(new Feature("log_volume", "ln(1 + volume)", 0));
        all.add(new Feature("log_trades", "ln(1 + trades)", 0));
        for (int window : ACTIVITY_WINDOWS) {
            all.add(zScore("volume", window));
        }
        for (int window : ACTIVITY_WINDOWS) {
            all.add(zScore("trades", window));
        }
        all.add(new Feature("day_sin", "sin(2 pi minute of UTC day / 1440)", 0));
        all.add(new Feature("day_cos", "cos(2 pi minute of UTC day / 1440)", 0));
        all.add(new Feature("week_sin", "sin(2 pi minute of UTC week from Monday / 10080)", 0));
        all.add(new Feature("week_cos", "cos(2 pi minute of UTC week from Monday / 10080)", 0));
        return List.copyOf(all);
    }

    private static Feature zScore(String of, int window) {
        return new Feature(
                of + "_z_" + window,
                "(log_" + of + " - mean) / sample deviation over " + window + " bars, missing if all are equal",
                window - 1);
    }

    private static RollingMoments[] windows(int[] lengths) {
        RollingMoments[] moments = new RollingMoments[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            moments[i] = new RollingMoments(lengths[i]);
        }
        return moments;
    }

    @Override
    public void restart() {
        if (bars == 0) {
            return;
        }
        bars = 0;
        restart(volatility);
        restart(volumes);
        restart(trades);
        for (Smoothed smoothed : new Smoothed[] {gain, loss, fast, slow, signal, trueRange}) {
            smoothed.restart();
        }
        bollinger.restart();
        takerVolume.restart();
        anyVolume.restart();
    }

    private static void restart(RollingMoments[] all) {
        for (RollingMoments moments : all) {
            moments.restart();
        }
    }

    @Override
    public void add(Bar next) {
        double close = next.close();
        if (bars > 0) {
            double before = bar.close();
            double logReturn = StrictMath.log(close / before);
            for (RollingMoments moments : volatility) {
                moments.add(logReturn);
            }
            double change = close - before;
            gain.add(Math.max(change, 0));
            loss.add(Math.max(-change, 0));
            trueRange.add(Math.max(next.high(), before) - Math.min(next.low(), before));
        }
        fast.add(close);
        slow.add(close);
        if (slow.isWarm()) {
            signal.add(fast.value() - slow.value());
        }
        bollinger.add(close);
        takerVolume.add(next.takerBuyVolume());
        anyVolume.add(next.volume());
        logVolume = StrictMath.log1p(next.volume());
        logTrades = StrictMath.log1p((double) next.trades());
        for (RollingMoments moments : volumes) {
            moments.add(logVolume);
        }
        for (RollingMoments moments : trades) {
            moments.add(logTrades);
        }
        closes[bars % HISTORY] = close;
        bar = next;
        bars++;
    }

    @Override
    public void read(double[] out) {
        double close = bar.close();
        int i = 0;
        for (int lag : LAGS) {
            out[i++] = bars > lag ? close / closeAgo(lag) - 1 : Double.NaN;
        }
        for (int lag : LAGS) {
            out[i++] = bars > lag ? StrictMath.log(close / closeAgo(lag)) : Double.NaN;
        }
        double range = bar.high() - bar.low();
        out[i++] = range / close;
        out[i++] = ratio(close - bar.open(), range);
        out[i++] = ratio(bar.high() - Math.max(bar.open(), close), range);
        out[i++] = ratio(Math.min(bar.open(), close) - bar.low(), range);
        for (RollingMoments moments : volatility) {
            out[i++] = moments.isWhole() ? moments.sampleDeviation() : Double.NaN;
        }
        out[i++] = relativeStrength();
        boolean signalled = signal.isWarm();
        double macd = fast.value() - slow.value();
        out[i++] = slow.isWarm() ? macd / close : Double.NaN;
        out[i++] = signalled ? signal.value() / close : Double.NaN;
        out[i++] = signalled ? (macd - signal.value()) / close : Double.NaN;
        boolean banded = bollinger.isWhole();
        double middle = banded ? bollinger.mean() : Double.NaN;
        double deviation = banded ? bollinger.populationDeviation() : Double.NaN;
        out[i++] = ratio(close - (middle - 2 * deviation), 4 * deviation);
        out[i++] = 4 * deviation / middle;
        out[i++] = trueRange.isWarm() ? trueRange.value() / close : Double.NaN;
        out[i++] = ratio(bar.takerBuyVolume(), bar.volume());
        out[i++] = anyVolume.isWhole() ? ratio(takerVolume.mean(), anyVolume.mean()) : Double.NaN;
        out[i++] = logVolume;
        out[i++] = logTrades;
        for (RollingMoments moments : volumes) {
            out[i++] = zScore(logVolume, moments);
        }
        for (RollingMoments moments : trades) {
            out[i++] = zScore(logTrades, moments);
        }
        long minute = Math.floorDiv(bar.openTime(), MINUTE);
        double day = 2 * Math.PI * Math.floorMod(minute, MINUTES_A_DAY) / MINUTES_A_DAY;
        double week = 2 * Math.PI * Math.floorMod(minute + EPOCH_MINUTE_OF_WEEK, MINUTES_A_WEEK) / MINUTES_A_WEEK;
        out[i++] = StrictMath.sin(day);
        out[i++] = StrictMath.cos(day);
        out[i++] = StrictMath.sin(week);
        out[i++] = StrictMath.cos(week);
        if (i != out.length) {
            throw new IllegalStateException("wrote " + i + " features of " + out.length);
        }
    }

    private double closeAgo(int lag) {
        return closes[(bars - 1 - lag) % HISTORY];
    }

    private double relativeStrength() {
        if (!gain.isWarm()) {
            return Double.NaN;
        }
        double moved = gain.value() + loss.value();
        return moved == 0 ? 0.5 : gain.value() / moved;
    }

    private static double zScore(double value, RollingMoments moments) {
        return moments.isWhole() ? ratio(value - moments.mean(), moments.sampleDeviation()) : Double.NaN;
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }
}
