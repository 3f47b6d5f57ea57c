package io.hindcast.api.prediction;

/** Probabilities of the three signals, each 0 to 1, adding up to 1 within 1e-6. */
public record Probabilities(double sell, double hold, double buy) {

    public Probabilities {
        double sum = sell + hold + buy;
        if (!(sell >= 0 && hold >= 0 && buy >= 0 && Math.abs(sum - 1) <= 1e-6)) {
            throw new IllegalArgumentException("probabilities " + sell + ", " + hold + ", " + buy
                    + ": expected three of 0 or more that add up to 1");
        }
    }

    /** Returns the most probable signal; on an exact tie HOLD before SELL before BUY. */
    public Signal signal() {
        if (hold >= sell && hold >= buy) {
            return Signal.HOLD;
        }
        return sell >= buy ? Signal.SELL : Signal.BUY;
    }

    public double of(Signal signal) {
        return switch (signal) {
            case SELL -> sell;
            case HOLD -> hold;
            case BUY -> buy;
        };
    }
}
