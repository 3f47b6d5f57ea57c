package io.hindcast.app.cli;

import java.nio.file.Path;
import java.util.Optional;

/** A run that failed after it had a log file. */
final class RunFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Path> logFile;

    RunFailure(Throwable cause, Optional<Path> logFile) {
        super(cause);
        this.logFile = logFile;
    }

    Optional<Path> logFile() {
        return logFile;
    }
}
