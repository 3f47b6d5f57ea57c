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
 * One request, one answer, within limits of size and time; connects only where the guard allows, follows no redirect.
 */
final class GuardedHttp implements AutoCloseable {

    /** An answer as it came. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Answer(
            int status,
            Map<String, String> headers,
            String type,
            @Nullable String charset,
            byte[] body) {
        @Nullable String header(String name) {
            return headers.get(name);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(GuardedHttp.class);

    private static final List<String> HEADERS = List.of("Location", "ETag", "Last-Modified", "Retry-After");

    private static final int LONGEST_LINE = 16_384;
    private static final int MOST_HEADERS = 200;

    private final FetchSettings settings;
    private final WallTimer waits;
    private final CloseableHttpClient client;

    GuardedHttp(FetchSettings settings, AddressGuard guard, WallTimer waits) {
        this.settings = settings;
        this.waits = waits;
        Timeout connect = Timeout.of(settings.connectTimeout());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        // A head without end would fill the memory as a page does.
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(LONGEST_LINE)
                                        .setMaxHeaderCount(MOST_HEADERS)
                                        .build())
                                .build())
                        .setDnsResolver(guarded(guard))
                        .setMaxConnPerRoute(settings.perHost())
                        .setMaxConnTotal(16)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(Timeout.of(settings.deadline()))
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

    Answer get(URI page, Map<String, String> headers, int mostBytes) throws FetchException {
        HttpGet request = new HttpGet(page);
        headers.forEach(request::setHeader);
        AtomicBoolean late = new AtomicBoolean();
        // A server that sends a byte now and then never runs into a socket's timeout: cut the line at the deadline.
        WallTimer.Cancellable watchdog = waits.after(settings.deadline(), () -> {
            late.set(true);
            request.cancel();
        });
        try {
            HttpHost host = new HttpHost(page.getScheme(), page.getHost(), page.getPort());
            ClassicHttpResponse answer = client.executeOpen(host, request, null);
            try {
                return read(answer, page, mostBytes);
            } finally {
                request.cancel(); // does nothing after the last byte; else leaves the rest unread
                closeQuietly(answer);
            }
        } catch (PrivateAddressException e) {
            throw new FetchException(Reason.PRIVATE_ADDRESS, page, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            if (late.get()) {
                throw new FetchException(
                        Reason.TOO_SLOW,
                        page,
                        "not here within " + settings.deadline().toSeconds() + " s",
                        e);
            }
            throw new FetchException(Reason.UNREACHABLE, page, String.valueOf(e.getMessage()), e);
        } finally {
            watchdog.cancel();
        }
    }

    private static void closeQuietly(ClassicHttpResponse answer) {
        try {
            answer.close();
        } catch (IOException e) {
            log.debug("closing a connection that was cut failed", e);
        }
    }

    private static Answer read(ClassicHttpResponse answer, URI page, int mostBytes) throws IOException, FetchException {
        Map<String, String> headers = new java.util.HashMap<>();
        for (String name : HEADERS) {
            Header header = answer.getFirstHeader(name);
            if (header != null) {
                headers.put(name, header.getValue());
            }
        }
        HttpEntity entity = answer.getEntity();
        ContentType type = entity == null ? null : ContentType.parseLenient(entity.getContentType());
        String mime = type == null || type.getMimeType() == null ? "" : type.getMimeType();
        String charset = type == null || type.getCharset() == null
                ? null
                : type.getCharset().name();
        boolean wanted = answer.getCode() == 200 && entity != null;
        byte[] body = wanted ? body(entity, page, mostBytes) : new byte[0];
        return new Answer(answer.getCode(), headers, mime, charset, body);
    }

    private static byte[] body(HttpEntity entity, URI page, int mostBytes) throws IOException, FetchException {
        if (entity.getContentLength() > mostBytes) {
            throw tooLarge(page, entity.getContentLength() + " bytes", mostBytes);
        }
        InputStream in = entity.getContent();
        ByteArrayOutputStream all = new ByteArrayOutputStream(1 << 16);
        byte[] buffer = new byte[1 << 14];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            all.write(buffer, 0, read);
            if (all.size() > mostBytes) {
                throw tooLarge(page, "more", mostBytes);
            }
        }
        return all.toByteArray();
    }

    private static FetchException tooLarge(URI page, String actual, int mostBytes) {
        return new FetchException(Reason.TOO_LARGE, page, actual + ", expected at most " + mostBytes + " bytes", null);
    }

    private static DnsResolver guarded(AddressGuard guard) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return guard.resolve(host);
            }

            @Override
            public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
                return Arrays.stream(guard.resolve(host))
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
