package io.hindcast.api.rental;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.training.TrainingRunId;

/**
 * Identity of one attempt to rent a machine for a run, written {@code BTCUSDT/3/lightgbm/1#2}.
 *
 * @param number from 1 within the run
 */
public record RentalId(TrainingRunId run, int number) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RentalId parse(String text) {
        int mark = text.lastIndexOf('#');
        if (mark < 0) {
            throw new IllegalArgumentException("rental '" + text + "', expected RUN#number");
        }
        return new RentalId(TrainingRunId.parse(text.substring(0, mark)), Integer.parseInt(text.substring(mark + 1)));
    }

    /** Returns the cycle to which the rental's cost counts, written {@code BTCUSDT/3}. */
    public String cycle() {
        return run.symbol() + "/" + run.cycle();
    }

    @JsonValue
    @Override
    public String toString() {
        return run + "#" + number;
    }
}
