package io.hindcast.simulator.synthetic;

/**
 * Regime of the market, lasting hours to days. {@code autocorrelation} is the share of a minute's return that the next
 * one repeats (or reverts, if negative), {@code drift} the expected log return of a day: the weak structure that a
 * model can learn.
 */
enum Regime {
    CALM(0.55, 0.0005, -0.12, 1500),
    RISING(0.9, 0.012, 0.06, 1100),
    FALLING(1.1, -0.014, 0.05, 900),
    STORMY(2.1, -0.004, -0.06, 350);

    final double volatility;
    final double drift;
    final double autocorrelation;
    /** Mean length in minutes. */
    final double duration;

    private static final Regime[] ALL = values();

    Regime(double volatility, double drift, double autocorrelation, double duration) {
        this.volatility = volatility;
        this.drift = drift;
        this.autocorrelation = autocorrelation;
        this.duration = duration;
    }

    /** Returns the regime of the next minute. */
    Regime next(SeededRandom random) {
        if (random.uniform() >= 1 / duration) {
            return this;
        }
        Regime other = ALL[(int) (random.uniform() * (ALL.length - 1))];
        return other == this ? ALL[ALL.length - 1] : other;
    }
}
