package io.hindcast.console;

import org.jspecify.annotations.Nullable;

/** The process cannot go on; its message is the one line that a person reads: the cause and what to do about it. */
public class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
