package io.hindcast.news.archive;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import java.nio.file.Path;

/** A news archive that cannot be used. Names the file or line at fault. */
public final class BadNewsArchiveException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private BadNewsArchiveException(String subject, String actual, String expected) {
        super(new Refusal("BAD_NEWS_ARCHIVE", subject, actual, expected));
    }

    static BadNewsArchiveException file(Path file, String actual, String expected) {
        return new BadNewsArchiveException("news archive " + file, actual, expected);
    }

    static BadNewsArchiveException line(Path file, long line, String actual, String expected) {
        return new BadNewsArchiveException("line " + line + " of news archive " + file, actual, expected);
    }
}
