package io.hindcast.app.cli.remote;

import io.hindcast.console.StartFailure;
import org.jspecify.annotations.Nullable;

/** No platform answers at the address. */
public final class UnreachableException extends StartFailure {

    /** Exit code of commands that find no platform, the same as a worker's. */
    public static final int EXIT_CODE = 6;

    private static final long serialVersionUID = 1L;

    UnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
