package io.hindcast.ml.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * HTTP client of a hub. It follows redirects itself, because digest and commit are in the first response, and the token
 * must go to the hub alone.
 */
final class HubClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final int REDIRECTS = 5;

    private final HubSettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HubClient(HubSettings settings) {
        this.settings = settings;
    }

    /**
     * Metadata of a file.
     *
     * @param commit commit of the file
     * @param size bytes
     */
    record Description(Optional<String> commit, long size, FileDigest digest) {}

    /** A response with a status other than success. */
    static final class StatusException extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient Optional<Duration> retryAfter;

        StatusException(URI address, HttpResponse<?> response) {
            super(address.getHost() + " answers " + response.statusCode());
            this.status = response.statusCode();
            this.retryAfter = response.headers()
                    .firstValue("Retry-After")
                    .filter(text -> text.matches("[0-9]{1,6}"))
                    .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        }

        int status() {
            return status;
        }

        /** Returns the wait that the hub requests before the next attempt. */
        Optional<Duration> retryAfter() {
            return retryAfter;
        }

        /** Returns whether a retry may succeed. */
        boolean transientFailure() {
            return status == 429 || status == 408 || status >= 500;
        }
    }

    URI address(HubRepository repository, String revision, String file) {
        String base = settings.endpoint().toString().replaceFirst("/+$", "");
        return URI.create(base + "/" + repository.id() + "/resolve/" + revision.replace("/", "%2F") + "/" + file);
    }

    /** @throws StatusException if there is no such file, or the hub refuses */
    Description describe(HubRepository repository, String revision, String file) throws IOException {
        URI address = address(repository, revision, file);
        String linked = "";
        Optional<String> commit = Optional.empty();
        long size = -1;
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpResponse<Void> response = send(
                    request(address)
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.discarding());
            var headers = response.headers();
            commit = commit.or(() -> headers.firstValue("X-Repo-Commit"));
            if (linked.isEmpty()) {
                linked = headers.firstValue("X-Linked-Etag").orElse("");
            }
            if (size < 0) {
                size = headers.firstValueAsLong("X-Linked-Size").orElse(-1);
            }
            if (response.statusCode() == 200 || (!linked.isEmpty() && size >= 0 && redirects(response))) {
                String tag = linked.isEmpty() ? headers.firstValue("ETag").orElse("") : linked;
                long length = size >= 0
                        ? size
                        : headers.firstValueAsLong("Content-Length").orElse(-1);
                Optional<FileDigest> digest = FileDigest.ofTag(tag);
                if (digest.isEmpty() || length < 0) {
                    throw new HubException(settings.endpoint().getHost() + " gives " + file + " of " + repository
                            + " the tag '" + tag + "' and the length " + length
                            + ", expected sha-256 or a git blob id, and how many bytes it has");
                }
                return new Description(commit, length, digest.get());
            }
            address = redirect(address, response);
        }
        throw new IOException(address.getHost() + " redirects more than " + REDIRECTS + " times");
    }

    /**
     * Requests a file from a byte on.
     *
     * @param from 0 for all of it
     * @return status 206 and the rest, or 200 and the whole file; the caller closes the stream
     */
    HttpResponse<InputStream> get(HubRepository repository, String revision, String file, long from)
            throws IOException {
        URI address = address(repository, revision, file);
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpRequest.Builder request = request(address).GET();
            if (from > 0) {
                request.setHeader("Range", "bytes=" + from + "-");
            }
            HttpResponse<InputStream> response = send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() == 200 || response.statusCode() == 206) {
                return response;
            }
            response.body().close();
            address = redirect(address, response);
        }
        throw new IOException(address.getHost() + " redirects more than " + REDIRECTS + " times");
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(settings.silence())
                .setHeader("User-Agent", "hindcast")
                .setHeader("Accept-Encoding", "identity");
        if (address.getScheme().equals(settings.endpoint().getScheme())
                && address.getAuthority().equals(settings.endpoint().getAuthority())) {
            settings.token().ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
        }
        return request;
    }

    private static boolean redirects(HttpResponse<?> response) {
        return response.statusCode() / 100 == 3
                && response.headers().firstValue("Location").isPresent();
    }

    private static URI redirect(URI address, HttpResponse<?> response) throws IOException {
        if (!redirects(response)) {
            throw new StatusException(address, response);
        }
        URI next = address.resolve(response.headers().firstValue("Location").orElseThrow());
        if (next.getHost() == null || (address.getScheme().equals("https") && !"https".equals(next.getScheme()))) {
            throw new IOException(address.getHost() + " redirects to '" + next + "', expected https");
        }
        return next;
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException("the download was interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
