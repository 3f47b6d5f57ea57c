package io.hindcast.ml.hub;

/**
 * Hears how a download goes on. It may throw to end it: what has arrived is kept, and the next download goes on from
 * there.
 */
@FunctionalInterface
public interface DownloadProgress {

    /** Hears nothing. */
    DownloadProgress NONE = (_, _, _) -> {};

    /**
     * So much of a file is here; told when it begins, about once a megabyte, and when it is whole.
     *
     * @param file its name in the repository
     * @param bytes that are here
     * @param of bytes in all
     */
    void at(String file, long bytes, long of);
}
