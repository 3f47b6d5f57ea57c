package io.hindcast.app.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Failure of a run of the platform, with its log file if there is one. */
final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Path> logFile;

    RunFailedException(Throwable cause, Optional<Path> logFile) {
        super(cause);
        this.logFile = logFile;
    }

    Optional<Path> logFile() {
        return logFile;
    }
}
