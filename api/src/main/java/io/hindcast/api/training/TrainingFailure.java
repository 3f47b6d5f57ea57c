package io.hindcast.api.training;

import io.hindcast.api.WellFormedText;

/**
 * Why a run failed.
 *
 * @param reason one sentence that names what went wrong
 * @param remedy one sentence that says what to do about it
 * @param retryable false if the same run would certainly fail in the same way
 */
public record TrainingFailure(String reason, String remedy, boolean retryable) {

    public TrainingFailure {
        reason = WellFormedText.of(reason);
        remedy = WellFormedText.of(remedy);
    }

    /** Reason and remedy in one line. */
    public String line() {
        return sentence(reason) + " " + sentence(remedy);
    }

    private static String sentence(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }
}
