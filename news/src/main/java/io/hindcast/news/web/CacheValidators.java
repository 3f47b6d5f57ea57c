package io.hindcast.news.web;

import io.hindcast.runtime.BoundedMap;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ETags and modification dates of processed pages, sent as conditional request headers. Thread-safe. */
final class CacheValidators {

    private static final int PAGES_KEPT = 2_000;

    private record Validator(
            @Nullable String etag, @Nullable String lastModified) {}

    private final Map<URI, Validator> validators = new BoundedMap<>(PAGES_KEPT);

    synchronized void remember(URI page, FetchedPage fetched) {
        validators.put(page, new Validator(fetched.etag(), fetched.lastModified()));
    }

    /** Adds If-None-Match and If-Modified-Since as far as they are remembered. */
    synchronized void addHeaders(URI page, Map<String, String> headers) {
        Validator known = validators.get(page);
        if (known == null) {
            return;
        }
        if (known.etag() != null) {
            headers.put("If-None-Match", known.etag());
        }
        if (known.lastModified() != null) {
            headers.put("If-Modified-Since", known.lastModified());
        }
    }
}
