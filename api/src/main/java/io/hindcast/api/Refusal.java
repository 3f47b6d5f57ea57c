package io.hindcast.api;

/**
 * The reason of a refusal, in a form that survives every bus.
 *
 * @param code stable, in capitals
 * @param subject the field or thing that is refused
 * @param actual its value
 * @param expected the values that would be accepted
 */
public record Refusal(String code, String subject, String actual, String expected) {

    /** Returns one sentence with the subject, its value and the value expected. */
    public String message() {
        return subject + " was " + actual + ", expected " + expected + " (" + code + ")";
    }
}
