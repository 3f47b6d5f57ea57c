package io.hindcast.simulator.synthetic;

/**
 * A mood of the market that lasts for hours to days.
 *
 * <p>{@code echo} is the share of a minute's return that the next one repeats (negative: takes back), and {@code drift}
 * the expected log return of a day: the weak structure that there is to learn.
 */
enum Regime {
    CALM(0.55, 0.0005, -0.12, 1500),
    RISING(0.9, 0.012, 0.06, 1100),
    FALLING(1.1, -0.014, 0.05, 900),
    STORMY(2.1, -0.004, -0.06, 350);

    final double volatility;
    final double drift;
    final double echo;
    /** How long it lasts on average, in minutes. */
    final double duration;

    private static final Regime[] ALL = values();

    Regime(double volatility, double drift, double echo, double duration) {
        this.volatility = volatility;
        this.drift = drift;
        this.echo = echo;
        this.duration = duration;
    }

    /** The regime of the next minute. */
    Regime next(SeededRandom random) {
        if (random.uniform() >= 1 / duration) {
            return this;
        }
        Regime other = ALL[(int) (random.uniform() * (ALL.length - 1))];
        return other == this ? ALL[ALL.length - 1] : other;
    }
}
