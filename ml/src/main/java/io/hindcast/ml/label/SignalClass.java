package io.hindcast.ml.label;

import io.hindcast.api.prediction.Signal;
import java.util.List;

/** The numbers by which models know the signals: SELL 0, HOLD 1, BUY 2. Stored models depend on them. */
public final class SignalClass {

    /** Signals by class number. */
    public static final List<Signal> ORDER = List.of(Signal.SELL, Signal.HOLD, Signal.BUY);

    private SignalClass() {}

    public static int of(Signal signal) {
        return switch (signal) {
            case SELL -> 0;
            case HOLD -> 1;
            case BUY -> 2;
        };
    }

    public static Signal signal(int number) {
        return ORDER.get(number);
    }
}
