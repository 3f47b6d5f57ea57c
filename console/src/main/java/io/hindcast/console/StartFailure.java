package io.hindcast.console;

import org.jspecify.annotations.Nullable;

/** A command cannot start or continue. The message is the one line printed for it: the cause and its remedy. */
public class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
