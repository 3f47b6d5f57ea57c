package io.hindcast.training.run;

/** Thrown if a worker's request is refused. */
final class RunRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Kind of a refusal. */
    enum Kind {
        /** The token gives access to no run, or no longer. */
        UNKNOWN,
        /** The run is over. */
        GONE,
        /** The object belongs to another run, or does not exist. */
        FOREIGN_OBJECT,
        /** The content does not have the announced digest. */
        BAD_CONTENT,
        /** The content is larger than allowed. */
        TOO_LARGE
    }

    RunRefusedException(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
