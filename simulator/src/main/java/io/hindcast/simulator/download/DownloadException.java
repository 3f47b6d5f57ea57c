package io.hindcast.simulator.download;

/** Failure to download a kline file completely. The message names the file, the reason and the remedy. */
public final class DownloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DownloadException(String message) {
        super(message);
    }

    DownloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
