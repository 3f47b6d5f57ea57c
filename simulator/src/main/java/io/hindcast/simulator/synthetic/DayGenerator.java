package io.hindcast.simulator.synthetic;

import io.hindcast.api.market.UtcDay;
import io.hindcast.simulator.tape.TapeDay;
import io.hindcast.simulator.tape.TapeDay.Column;
import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * Generates one day of minutes from the final state of the day before and the day's seeded random.
 *
 * <p>A minute's log return is the sum of the regime's drift, the autocorrelated part of the return before, the pressure
 * of taker flow and a normal step; the step's size clusters (a slow and a fast part), follows the hour and the weekday,
 * and rarely jumps. High and low are drawn from the exact distribution of a Brownian bridge's extremes, so a bar's
 * range fits its volatility. Prices are whole ticks of 0.01, volumes whole 0.00001, and quote volume is exactly volume
 * times an average price inside the bar.
 */
final class DayGenerator {

    /** Standard deviation of a minute's log return in an average hour. */
    private static final double BASE_VOLATILITY = 0.00055;

    private static final double TICK = 0.01;
    private static final double VOLUME_UNIT = 0.00001;
    /**
     * Mean reversion to the first price, with a half-life of about two years, which keeps an endless market near it.
     */
    private static final double MEAN_REVERSION = 0.69 / (2 * 365 * 1440.0);

    private static final double FLOW_PUSH = 0.17;
    private static final double JUMPS_A_DAY = 1.2;

    private final double anchorLogPrice;
    /** Mean volume of a minute in base currency. */
    private final double baseVolume;

    DayGenerator(double firstPrice) {
        this.anchorLogPrice = StrictMath.log(firstPrice);
        this.baseVolume = 1_500_000 / firstPrice;
    }

    record Generated(TapeDay bars, MarketState state) {}

    Generated generate(LocalDate day, MarketState before, SeededRandom random) {
        long midnight = UtcDay.start(day).toEpochMilli();
        double weekday =
                day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY ? 0.7 : 1.05;
        TapeDay.Builder bars = new TapeDay.Builder(day);
        Regime regime = before.regime();
        double logPrice = before.logPrice();
        long close = before.closeTicks();
        double slow = before.logVolatility();
        double shock = before.shock();
        double activity = before.logActivity();
        double flow = before.flow();
        double last = before.lastReturn();
        for (int minute = 0; minute < 1440; minute++) {
            regime = regime.next(random);
            slow = 0.9985 * slow + 0.022 * random.gaussian();
            activity = 0.985 * activity + 0.075 * random.gaussian();
            double hour = season(minute);
            double deviation =
                    BASE_VOLATILITY * regime.volatility * hour * weekday * StrictMath.exp(0.6 * slow) * (1 + shock);
            double step = regime.drift / 1440
                    + MEAN_REVERSION * (anchorLogPrice - logPrice)
                    + regime.autocorrelation * last
                    + FLOW_PUSH * flow * deviation
                    + deviation * random.gaussian();
            if (random.uniform() < JUMPS_A_DAY / 1440) {
                step += deviation * (4 + 4 * random.exponential()) * (random.uniform() < 0.5 ? -1 : 1);
            }
            step = Math.max(-0.08, Math.min(0.08, step));
            double surprise = Math.min(12, Math.abs(step) / deviation);
            shock = Math.min(4, 0.975 * shock + 0.025 * Math.max(0, surprise - 0.8));
            flow = 0.7 * flow + 0.714 * random.gaussian();

            // A bar opens within a tick or two of the last close.
            long open = Math.max(1, close + Math.round(0.6 * random.gaussian()));
            logPrice += step;
            last = step;
            close = Math.max(1, Math.round(StrictMath.exp(logPrice) / TICK));
            double spread = deviation * close;
            long high = Math.max(Math.max(open, close), extreme(open, close, spread, random, 1));
            long low = Math.max(1, Math.min(Math.min(open, close), extreme(open, close, spread, random, -1)));

            double traded = baseVolume
                    * StrictMath.exp(activity - 0.08)
                    * hour
                    * weekday
                    * (0.5 + 0.6 * Math.min(6, surprise))
                    * StrictMath.exp(0.35 * random.gaussian());
            long volume = Math.max(1, Math.round(traded / VOLUME_UNIT));
            // The buyers' share depends on this minute's move and, through flow, slightly predicts the next one's.
            double share = 0.5 + 0.12 * StrictMath.tanh(0.7 * step / deviation) + 0.09 * StrictMath.tanh(flow);
            share = Math.max(0.02, Math.min(0.98, share + 0.04 * random.gaussian()));
            long bought = Math.max(0, Math.min(volume, Math.round(volume * share)));
            long average = Math.max(low, Math.min(high, (open + close + high + low) / 4));
            int trades = (int) Math.max(1, Math.min(volume, Math.round(traded * (18 + 6 * random.uniform()) + 20)));

            bars.bar(midnight + minute * 60_000L, trades)
                    .set(Column.OPEN, open, 2)
                    .set(Column.HIGH, high, 2)
                    .set(Column.LOW, low, 2)
                    .set(Column.CLOSE, close, 2)
                    .set(Column.VOLUME, volume, 5)
                    .set(Column.QUOTE_VOLUME, Math.multiplyExact(volume, average), 7)
                    .set(Column.TAKER_BUY_VOLUME, bought, 5)
                    .set(Column.TAKER_BUY_QUOTE_VOLUME, Math.multiplyExact(bought, average), 7);
        }
        return new Generated(bars.build(), new MarketState(regime, logPrice, close, slow, shock, activity, flow, last));
    }

    /** Returns the activity of a minute of the day: highest when Europe and America trade, around 14:30 UTC. */
    private static double season(int minute) {
        double angle = 2 * Math.PI * (minute - 870) / 1440;
        return 0.92 + 0.3 * StrictMath.cos(angle) + 0.1 * StrictMath.cos(2 * angle);
    }

    /** Returns the highest (side 1) or lowest (side -1) point of a random walk from open to close. */
    private static long extreme(long open, long close, double spread, SeededRandom random, int side) {
        double move = (double) close - open;
        double reach = Math.sqrt(move * move + 2 * 0.7 * spread * spread * random.exponential());
        return Math.round((open + close + side * reach) / 2);
    }
}
