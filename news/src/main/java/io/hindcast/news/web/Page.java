package io.hindcast.news.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param address where it came from in the end, redirects followed
 * @param unchanged the server says that it is what it was when it was last fetched; then there is no body
 * @param charset that the server named, or null
 * @param etag by which the server recognises this state of it, or null, and likewise
 */
@SuppressWarnings("ArrayRecordComponent") // read once by a parser, never compared
public record Page(
        URI address,
        boolean unchanged,
        String type,
        @Nullable String charset,
        byte[] body,
        @Nullable String etag,
        @Nullable String lastModified) {

    /** The page as HTML. */
    public Document html() {
        try {
            return Jsoup.parse(new ByteArrayInputStream(body), charset, address.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
        }
    }
}
