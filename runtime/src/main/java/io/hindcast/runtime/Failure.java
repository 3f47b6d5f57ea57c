package io.hindcast.runtime;

/** Words for what was thrown. */
public final class Failure {

    /** Causes that are followed; more of them are a circle. */
    private static final int DEEPEST = 50;

    private Failure() {}

    /**
     * The reason of a failure in a few words: its root's message, with the root's type where the message does not stand
     * alone.
     */
    public static String reason(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; root.getCause() != null && i < DEEPEST; i++) {
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
