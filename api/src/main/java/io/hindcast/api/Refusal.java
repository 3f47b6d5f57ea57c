package io.hindcast.api;

/**
 * Why something was refused, in a form that survives every bus: {@code code} is stable and in capitals, {@code subject}
 * names the field or thing, {@code actual} what came, {@code expected} what would have been right.
 */
public record Refusal(String code, String subject, String actual, String expected) {

    /** One sentence a person can act on. */
    public String message() {
        return subject + " was " + actual + ", expected " + expected + " (" + code + ")";
    }
}
