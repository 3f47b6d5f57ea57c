package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;

/** Identity of a symbol's training program among the aggregates, written {@code training:BTCUSDT}. */
public final class TrainingProgramId {

    private TrainingProgramId() {}

    public static String of(Symbol symbol) {
        return "training:" + symbol;
    }

    /** Returns the identity of a run's progress, written {@code progress:BTCUSDT/3/lightgbm/1}. */
    public static String progressOf(TrainingRunId run) {
        return "progress:" + run;
    }
}
