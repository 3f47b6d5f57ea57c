package io.hindcast.training.compute.vast;

/** Thrown if a call of the API does not give the answer that was asked for. The message contains no secret. */
final class VastException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is certain about the call. */
    enum Kind {
        /** The offer is not to be had any more; nothing was created. */
        TAKEN,
        /** The call was refused and did nothing. */
        REFUSED,
        /** Calls come too fast; the call did nothing. */
        BUSY,
        /** Nothing: the call may have been carried out or not. */
        UNCLEAR
    }

    VastException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
