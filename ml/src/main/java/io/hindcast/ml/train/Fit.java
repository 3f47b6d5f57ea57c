package io.hindcast.ml.train;

import java.util.List;

/** A fitted model and how it came about. */
public final class Fit {

    private final byte[] model;
    private final int rounds;
    private final Stop stop;
    private final List<Round> history;

    /**
     * @param model in the trainer's own form
     * @param rounds kept: those up to the best validation loss
     * @param history what each round done came to, {@code rounds} or more
     */
    public Fit(byte[] model, int rounds, Stop stop, List<Round> history) {
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

    public Stop stop() {
        return stop;
    }

    public List<Round> history() {
        return history;
    }
}
