package io.hindcast.simulator.download;

/** A kline file could not be fetched whole. The message says which, why, and what to do. */
public final class DownloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DownloadException(String message) {
        super(message);
    }

    DownloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
