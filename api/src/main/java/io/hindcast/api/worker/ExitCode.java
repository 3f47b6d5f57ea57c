package io.hindcast.api.worker;

import java.util.Arrays;
import java.util.Optional;

/** Exit codes of a worker. */
public enum ExitCode {
    /** The result was accepted. */
    DONE(0),
    /** Memory ran out; the virtual machine itself uses this code when it is told to exit on that. */
    OUT_OF_MEMORY(3),
    /** The run failed, and the failure was accepted. */
    FAILED(4),
    /** The run is over, or belongs to another worker. */
    LOST(5),
    /** The platform did not answer for too long. */
    UNREACHABLE(6);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Returns the meaning of a code; empty if no worker ends with it by itself. */
    public static Optional<ExitCode> of(int code) {
        return Arrays.stream(values()).filter(exit -> exit.code == code).findFirst();
    }
}
