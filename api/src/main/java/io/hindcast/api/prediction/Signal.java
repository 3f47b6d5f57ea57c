package io.hindcast.api.prediction;

/** What a prediction advises. The order is the class order of every model: SELL 0, HOLD 1, BUY 2. */
public enum Signal {
    SELL,
    HOLD,
    BUY
}
