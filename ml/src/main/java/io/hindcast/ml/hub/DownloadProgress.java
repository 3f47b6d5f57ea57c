package io.hindcast.ml.hub;

/**
 * Receives the progress of downloads. {@link ModelHub#open} calls it on the caller's thread, file by file, so calls
 * never overlap. It must return quickly. If it throws, the download ends with that exception; the bytes received so far
 * are kept, and the next download resumes from there.
 */
@FunctionalInterface
public interface DownloadProgress {

    /** Ignores all progress. */
    DownloadProgress NONE = (_, _, _) -> {};

    /**
     * Receives the size of a file so far: when its download begins or resumes, about once a megabyte, and with
     * {@code bytes} equal to {@code of} once it is complete and verified.
     *
     * @param file name in the repository
     * @param bytes received so far, including those of earlier attempts
     * @param of size of the file in bytes
     */
    void at(String file, long bytes, long of);
}
