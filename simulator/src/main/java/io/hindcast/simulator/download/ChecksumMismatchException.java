package io.hindcast.simulator.download;

import java.io.IOException;

/** Failure of a complete file to match its published checksum, or a published checksum that is not one. */
final class ChecksumMismatchException extends IOException {

    private static final long serialVersionUID = 1L;

    ChecksumMismatchException(String message) {
        super(message);
    }
}
