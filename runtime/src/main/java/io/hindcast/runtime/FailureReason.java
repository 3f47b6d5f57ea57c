package io.hindcast.runtime;

/** Short descriptions of failures, for messages to people. */
public final class FailureReason {

    /** Causes that are followed. A longer chain is taken for a cycle. */
    private static final int MAX_CAUSES = 50;

    private FailureReason() {}

    /**
     * Returns the message of a failure's root cause. An {@link Error}'s message is preceded by its type; a missing
     * message is replaced by the type.
     */
    public static String of(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; root.getCause() != null && i < MAX_CAUSES; i++) {
            root = root.getCause();
        }
        String message = root.getMessage();
        String type = root.getClass().getSimpleName();
        if (message == null || message.isBlank()) {
            return type;
        }
        return root instanceof Error ? type + ": " + message : message;
    }
}
