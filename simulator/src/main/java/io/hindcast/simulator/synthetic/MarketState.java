package io.hindcast.simulator.synthetic;

/**
 * All that a day hands on to the next one.
 *
 * @param logPrice exact price before rounding, as a logarithm
 * @param closeTicks last price in ticks
 * @param logVolatility slow part of volatility, 0 on average
 * @param shock fast part of volatility, which large moves raise and an hour calms
 * @param logActivity slow part of volume, 0 on average
 * @param flow pressure of takers, 0 on average, which leads the price a little
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

    static MarketState at(double price) {
        return new MarketState(Regime.CALM, StrictMath.log(price), Math.round(price * 100), 0, 0, 0, 0, 0);
    }
}
