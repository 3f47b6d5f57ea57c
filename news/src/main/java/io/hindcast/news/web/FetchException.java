package io.hindcast.news.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A page could not be fetched. The message names the page and the reason. */
public final class FetchException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Reason of a failure, with its remedy. */
    public enum Reason {
        /** Disallowed by robots.txt, or robots.txt could not be read. */
        ROBOTS("The site does not allow it: remove the source if that stays."),
        /** The host has an address that is not public. */
        PRIVATE_ADDRESS("If the server is yours, name its host in hindcast.news.fetch.allow-private."),
        /** The address or a redirect target is neither http nor https, or there are too many redirects. */
        BAD_ADDRESS("Check the address in the settings."),
        /** Over the size limit. */
        TOO_LARGE("Remove the source if that stays."),
        /** Over the deadline. */
        TOO_SLOW("Check the network if that stays."),
        /** Not one of the requested media types. */
        BAD_TYPE("Check the address in the settings."),
        /** Refused by the server: 401, 403, 429, 451. */
        DENIED("The site denies access now: remove the source if that stays."),
        /** Not found: 404, 410. */
        GONE("Check the address in the settings."),
        /** Any other status. */
        SERVER("The site itself has a fault: nothing has to be done unless it stays."),
        /** No response. */
        UNREACHABLE("Check the network and the address if that stays.");

        private final String remedy;

        Reason(String remedy) {
            this.remedy = remedy;
        }

        /** Returns what a person can do about it, in one sentence. */
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

    public String host() {
        return host;
    }

    /** Returns whether the same request may succeed later. */
    public boolean isTransient() {
        return switch (reason) {
            case TOO_SLOW, SERVER, UNREACHABLE -> true;
            case ROBOTS, PRIVATE_ADDRESS, BAD_ADDRESS, TOO_LARGE, BAD_TYPE, DENIED, GONE -> false;
        };
    }
}
