package io.hindcast.simulator.synthetic;

/**
 * State of the generated market at the end of a day, from which the next one continues.
 *
 * @param logPrice logarithm of the price before rounding
 * @param closeTicks last price in ticks
 * @param logVolatility slow part of volatility, 0 on average
 * @param shock fast part of volatility, which large moves raise and which decays within an hour
 * @param logActivity slow part of volume, 0 on average
 * @param flow pressure of takers, 0 on average, which slightly leads the price
 * @param lastReturn log return of the last minute
 */
record MarketState(
        Regime regime,
        double logPrice,
        long closeTicks,
        double logVolatility,
        double shock,
        double logActivity,
        double flow,
        double lastReturn) {

    /** Returns the state of a new market at a price. */
    static MarketState at(double price) {
        return new MarketState(Regime.CALM, StrictMath.log(price), Math.round(price * 100), 0, 0, 0, 0, 0);
    }
}
