package io.hindcast.simulator.download;

import java.io.IOException;

/** A complete file does not have its published checksum, or that checksum is not one. */
final class ChecksumMismatchException extends IOException {

    private static final long serialVersionUID = 1L;

    ChecksumMismatchException(String message) {
        super(message);
    }
}
