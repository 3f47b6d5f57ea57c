package io.hindcast.news.web;

import io.hindcast.news.web.FetchException.Reason;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Media types of pages and feeds. */
public final class MediaTypes {

    /** Types of HTML pages. */
    public static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");

    /** Types under which feeds are served. */
    public static final Set<String> FEEDS = Set.of(
            "application/rss+xml",
            "application/atom+xml",
            "application/xml",
            "text/xml",
            "application/rdf+xml",
            "application/feed+json");

    private MediaTypes() {}

    /**
     * Refuses a page of another type.
     *
     * @param contentType the page's Content-Type header, parameters included
     */
    public static void check(URI page, String contentType, Set<String> allowed) throws FetchException {
        String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (!allowed.contains(type)) {
            throw new FetchException(Reason.BAD_TYPE, page, "of type '" + type + "', expected one of " + allowed, null);
        }
    }
}
