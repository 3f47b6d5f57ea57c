package io.hindcast.news.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * A page as the server returned it.
 *
 * @param address final address, redirects followed
 * @param unchanged whether the server reported that the page has not changed; then there is no body
 * @param type media type, may be empty
 * @param charset charset of the Content-Type header, or null
 * @param etag ETag header, or null
 * @param lastModified Last-Modified header, or null
 */
@SuppressWarnings("ArrayRecordComponent") // read once by a parser, never compared
public record FetchedPage(
        URI address,
        boolean unchanged,
        String type,
        @Nullable String charset,
        byte[] body,
        @Nullable String etag,
        @Nullable String lastModified) {

    static FetchedPage unchanged(URI address) {
        return new FetchedPage(address, true, "", null, new byte[0], null, null);
    }

    static FetchedPage of(URI address, GuardedHttpClient.Response response) {
        return new FetchedPage(
                address,
                false,
                response.type(),
                response.charset(),
                response.body(),
                response.header("ETag"),
                response.header("Last-Modified"));
    }

    /** Parses the body as HTML. */
    public Document html() {
        try {
            return Jsoup.parse(new ByteArrayInputStream(body), charset, address.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
        }
    }
}
