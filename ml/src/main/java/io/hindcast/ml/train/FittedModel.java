package io.hindcast.ml.train;

import java.util.List;

/** A fitted model with its learning history. Immutable. */
public final class FittedModel {

    private final byte[] model;
    private final int rounds;
    private final StopReason stopReason;
    private final List<RoundMetrics> history;

    /**
     * @param model in the trainer's own form
     * @param rounds kept: those up to the lowest validation loss
     * @param history metrics of every round, {@code rounds} or more
     */
    public FittedModel(byte[] model, int rounds, StopReason stopReason, List<RoundMetrics> history) {
        this.model = model.clone();
        this.rounds = rounds;
        this.stopReason = stopReason;
        this.history = List.copyOf(history);
    }

    /** Returns a copy of the model in the trainer's own form. */
    public byte[] model() {
        return model.clone();
    }

    public int rounds() {
        return rounds;
    }

    public StopReason stopReason() {
        return stopReason;
    }

    public List<RoundMetrics> history() {
        return history;
    }
}
