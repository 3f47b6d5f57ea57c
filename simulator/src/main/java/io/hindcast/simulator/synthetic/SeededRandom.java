package io.hindcast.simulator.synthetic;

/**
 * A seeded random (SplitMix64) with the distributions that the market needs. The same seed gives the same numbers on
 * every machine. Not thread-safe.
 */
final class SeededRandom {

    private long state;
    private double spare;
    private boolean hasSpare;

    SeededRandom(long seed) {
        this.state = seed;
    }

    /** Returns a hash of two numbers, for a seed. */
    static long mix(long a, long b) {
        return scramble(a * 0x9E3779B97F4A7C15L + scramble(b + 0x632BE59BD9B4E019L));
    }

    private static long scramble(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a uniform number above 0 and below 1. */
    double uniform() {
        state += 0x9E3779B97F4A7C15L;
        return ((scramble(state) >>> 11) + 0.5) * 0x1.0p-53;
    }

    /** Returns a normal number with mean 0 and deviation 1, by Marsaglia's polar method. */
    double gaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * uniform() - 1;
            v = 2 * uniform() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = Math.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * factor;
        hasSpare = true;
        return u * factor;
    }

    /** Returns an exponential number with mean 1. */
    double exponential() {
        return -StrictMath.log(uniform());
    }
}
