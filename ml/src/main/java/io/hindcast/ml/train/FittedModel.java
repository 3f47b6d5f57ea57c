package io.hindcast.ml.train;

import java.util.List;

/** A fitted model and how it came about. */
public final class FittedModel {

    private final byte[] model;
    private final int rounds;
    private final StopReason stop;
    private final List<RoundMetrics> history;

    /**
     * @param model in the trainer's own form
     * @param rounds kept: those up to the best validation loss
     * @param history what each round done came to, {@code rounds} or more
     */
    public FittedModel(byte[] model, int rounds, StopReason stop, List<RoundMetrics> history) {
        this.model = model.clone();
        this.rounds = rounds;
        this.stop = stop;
        this.history = List.copyOf(history);
    }

    /** In the trainer's own form, a copy. */
    public byte[] model() {
        return model.clone();
    }

    public int rounds() {
        return rounds;
    }

    public StopReason stop() {
        return stop;
    }

    public List<RoundMetrics> history() {
        return history;
    }
}
