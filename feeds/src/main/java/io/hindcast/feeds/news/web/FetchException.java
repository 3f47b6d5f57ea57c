package io.hindcast.feeds.news.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A page could not be had. The message names it and says why. */
public final class FetchException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** robots.txt does not want it fetched, or could not be read. */
        ROBOTS,
        /** It leads to an address that is not public. */
        PRIVATE_ADDRESS,
        /** Its address or one it redirects to is none of http or https, or it redirects too often. */
        BAD_ADDRESS,
        /** It is longer than allowed. */
        TOO_LARGE,
        /** It takes longer than allowed. */
        TOO_SLOW,
        /** It is of another type than was asked for. */
        BAD_TYPE,
        /** The server does not want it read: 401, 403, 429, 451. */
        DENIED,
        /** It is not there: 404, 410. */
        GONE,
        /** The server answered with another error. */
        SERVER,
        /** There was no answer. */
        UNREACHABLE
    }

    private final Reason reason;

    public FetchException(Reason reason, URI page, String why, @Nullable Throwable cause) {
        super(page + ": " + why, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the same request may succeed later. */
    public boolean mayPass() {
        return switch (reason) {
            case TOO_SLOW, SERVER, UNREACHABLE -> true;
            case ROBOTS, PRIVATE_ADDRESS, BAD_ADDRESS, TOO_LARGE, BAD_TYPE, DENIED, GONE -> false;
        };
    }
}
