package io.hindcast.simulator.archive;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import java.nio.file.Path;

/** Refusal of an unusable kline archive; the message names the file and the place. */
public final class BadArchiveException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private BadArchiveException(String subject, String actual, String expected) {
        super(new Refusal("BAD_ARCHIVE", subject, actual, expected));
    }

    static BadArchiveException file(Path file, String actual, String expected) {
        return new BadArchiveException("kline archive " + file, actual, expected);
    }

    static BadArchiveException line(Path file, long line, String actual, String expected) {
        return new BadArchiveException("line " + line + " of kline archive " + file, actual, expected);
    }

    static BadArchiveException of(String subject, String actual, String expected) {
        return new BadArchiveException(subject, actual, expected);
    }
}
