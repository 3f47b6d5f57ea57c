package io.hindcast.news.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A page could not be had. The message names it and says why. */
public final class FetchException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** robots.txt does not want it fetched, or could not be read. */
        ROBOTS("The site does not want it read: leave the source out if that stays."),
        /** It leads to an address that is not public. */
        PRIVATE_ADDRESS("If the server is yours, name its host in hindcast.news.allow-private."),
        /** Its address or one it redirects to is none of http or https, or it redirects too often. */
        BAD_ADDRESS("Check the address in the settings."),
        /** It is longer than allowed. */
        TOO_LARGE("Leave the source out if that stays."),
        /** It takes longer than allowed. */
        TOO_SLOW("Check the network if that stays."),
        /** It is of another type than was asked for. */
        BAD_TYPE("Check the address in the settings."),
        /** The server does not want it read: 401, 403, 429, 451. */
        DENIED("The site does not want it read now: leave the source out if that stays."),
        /** It is not there: 404, 410. */
        GONE("Check the address in the settings."),
        /** The server answered with another error. */
        SERVER("The site has a fault of its own: nothing has to be done unless it stays."),
        /** There was no answer. */
        UNREACHABLE("Check the network and the address if that stays.");

        private final String remedy;

        Reason(String remedy) {
            this.remedy = remedy;
        }

        /** What a person can do, in a sentence. */
        public String remedy() {
            return remedy;
        }
    }

    private final Reason reason;
    private final String host;

    public FetchException(Reason reason, URI page, String why, @Nullable Throwable cause) {
        super(page + ": " + why, cause);
        this.reason = reason;
        this.host = String.valueOf(page.getHost());
    }

    public Reason reason() {
        return reason;
    }

    /** Host of the page. */
    public String host() {
        return host;
    }

    /** Whether the same request may succeed later. */
    public boolean mayPass() {
        return switch (reason) {
            case TOO_SLOW, SERVER, UNREACHABLE -> true;
            case ROBOTS, PRIVATE_ADDRESS, BAD_ADDRESS, TOO_LARGE, BAD_TYPE, DENIED, GONE -> false;
        };
    }
}
