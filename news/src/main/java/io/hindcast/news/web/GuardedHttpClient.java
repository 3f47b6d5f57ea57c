package io.hindcast.news.web;

import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.runtime.WallTimer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP client for single GET requests within limits of size and time. Connects to public addresses only and follows no
 * redirect. Thread-safe.
 */
final class GuardedHttpClient implements AutoCloseable {

    /**
     * A response.
     *
     * @param headers those that are used, by their usual names
     * @param type media type, may be empty
     * @param charset charset of the Content-Type header, or null
     * @param body empty unless the status is 200
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Response(
            int status,
            Map<String, String> headers,
            String type,
            @Nullable String charset,
            byte[] body) {
        @Nullable String header(String name) {
            return headers.get(name);
        }

        boolean isRedirect() {
            return status >= 300 && status <= 399;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(GuardedHttpClient.class);

    private static final List<String> HEADERS = List.of("Location", "ETag", "Last-Modified", "Retry-After");

    private static final int MAX_LINE_LENGTH = 16_384;
    private static final int MAX_HEADERS = 200;

    private final FetchSettings settings;
    private final WallTimer waits;
    private final CloseableHttpClient client;

    GuardedHttpClient(FetchSettings settings, PublicAddressResolver resolver, WallTimer waits) {
        this.settings = settings;
        this.waits = waits;
        Timeout connect = Timeout.of(settings.limits().connectTimeout());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        // Endless headers would fill the memory as an endless body does.
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(MAX_LINE_LENGTH)
                                        .setMaxHeaderCount(MAX_HEADERS)
                                        .build())
                                .build())
                        .setDnsResolver(dnsResolver(resolver))
                        .setMaxConnPerRoute(settings.politeness().perHost())
                        .setMaxConnTotal(16)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(Timeout.of(settings.limits().deadline()))
                                .setTimeToLive(1, TimeUnit.MINUTES)
                                .build())
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .setUserAgent(settings.userAgent())
                .build();
    }

    /** Blocks until the response is read. */
    Response get(URI page, Map<String, String> headers, int maxBytes) throws FetchException {
        HttpGet request = new HttpGet(page);
        headers.forEach(request::setHeader);
        AtomicBoolean timedOut = new AtomicBoolean();
        // A server that sends a byte now and then never runs into the socket timeout: cancelled at the deadline.
        WallTimer.Cancellable watchdog = waits.after(settings.limits().deadline(), () -> {
            timedOut.set(true);
            request.cancel();
        });
        try {
            HttpHost host = new HttpHost(page.getScheme(), page.getHost(), page.getPort());
            ClassicHttpResponse response = client.executeOpen(host, request, null);
            try {
                return read(response, page, maxBytes);
            } finally {
                request.cancel(); // no effect after the last byte; otherwise the rest is not read
                closeQuietly(response);
            }
        } catch (PrivateAddressException e) {
            throw new FetchException(Reason.PRIVATE_ADDRESS, page, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            if (timedOut.get()) {
                throw new FetchException(
                        Reason.TOO_SLOW,
                        page,
                        "not here within " + settings.limits().deadline().toSeconds() + " s",
                        e);
            }
            throw new FetchException(Reason.UNREACHABLE, page, String.valueOf(e.getMessage()), e);
        } finally {
            watchdog.cancel();
        }
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            log.debug("Closing a cancelled connection failed", e);
        }
    }

    private static Response read(ClassicHttpResponse response, URI page, int maxBytes)
            throws IOException, FetchException {
        Map<String, String> headers = new HashMap<>();
        for (String name : HEADERS) {
            Header header = response.getFirstHeader(name);
            if (header != null) {
                headers.put(name, header.getValue());
            }
        }
        HttpEntity entity = response.getEntity();
        ContentType type = entity == null ? null : ContentType.parseLenient(entity.getContentType());
        String mime = type == null || type.getMimeType() == null ? "" : type.getMimeType();
        String charset = type == null || type.getCharset() == null
                ? null
                : type.getCharset().name();
        boolean hasBody = response.getCode() == 200 && entity != null;
        byte[] body = hasBody ? body(entity, page, maxBytes) : new byte[0];
        return new Response(response.getCode(), headers, mime, charset, body);
    }

    private static byte[] body(HttpEntity entity, URI page, int maxBytes) throws IOException, FetchException {
        if (entity.getContentLength() > maxBytes) {
            throw tooLarge(page, entity.getContentLength() + " bytes", maxBytes);
        }
        InputStream in = entity.getContent();
        ByteArrayOutputStream all = new ByteArrayOutputStream(1 << 16);
        byte[] buffer = new byte[1 << 14];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            all.write(buffer, 0, read);
            if (all.size() > maxBytes) {
                throw tooLarge(page, "more", maxBytes);
            }
        }
        return all.toByteArray();
    }

    private static FetchException tooLarge(URI page, String actual, int maxBytes) {
        return new FetchException(Reason.TOO_LARGE, page, actual + ", expected at most " + maxBytes + " bytes", null);
    }

    private static DnsResolver dnsResolver(PublicAddressResolver resolver) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return resolver.resolve(host);
            }

            @Override
            public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
                return Arrays.stream(resolver.resolve(host))
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
