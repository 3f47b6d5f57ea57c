package io.hindcast.simulator.download;

/** A kline file could not be downloaded completely. The message names the file, the reason and the remedy. */
public final class DownloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DownloadException(String message) {
        super(message);
    }

    DownloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
