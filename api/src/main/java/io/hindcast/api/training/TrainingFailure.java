package io.hindcast.api.training;

import io.hindcast.api.WellFormedText;

/**
 * The failure of a run.
 *
 * @param reason one sentence that names the fault
 * @param remedy one sentence with the action to take
 * @param retryable false if another attempt would certainly fail in the same way
 */
public record TrainingFailure(String reason, String remedy, boolean retryable) {

    public TrainingFailure {
        reason = WellFormedText.of(reason);
        remedy = WellFormedText.of(remedy);
    }

    /** Returns reason and remedy in one line. */
    public String line() {
        return sentence(reason) + " " + sentence(remedy);
    }

    private static String sentence(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }
}
