package io.hindcast.news.yahoo;

import io.hindcast.news.web.PrivateAddressException;
import io.hindcast.news.web.PublicAddressResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP proxy through which a browser session makes all its connections: only to allowed hosts at public addresses, and
 * only up to a number of bytes a page. A browser resolves names by itself and follows redirects and scripts anywhere,
 * so its own checks are not enough. Open connections end with the session at the latest.
 *
 * <p>The threads are not supervised loops: they live only as long as one browser session, are virtual and many, and
 * their failures need no outage or retry of their own. If one ends early, its page fails or times out, which the source
 * reports, and the next page gets a new session with a new proxy.
 */
final class FilteringProxy implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FilteringProxy.class);

    private static final int MAX_CONNECTIONS = 64;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final Runnable onTooManyBytes;
    private volatile Rules rules = new Rules(new PublicAddressResolver(Set.of()), host -> false, 0);
    private final AtomicLong bytesLeft = new AtomicLong();
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);

    /**
     * Connections that a page may make.
     *
     * @param maxBytes most bytes of the page with all its parts
     */
    record Rules(PublicAddressResolver resolver, Predicate<String> allowedHosts, long maxBytes) {}

    /**
     * Starts listening on a free port. Refuses all connections until {@link #beginPage}.
     *
     * @param onTooManyBytes called on a connection's thread each time a page exceeds its bytes; must not throw
     */
    FilteringProxy(Runnable onTooManyBytes) {
        this.onTooManyBytes = onTooManyBytes;
        try {
            this.listener = new ServerSocket(0, MAX_CONNECTIONS, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the browser's proxy cannot listen", e);
        }
        Thread.ofVirtual().name("news-proxy").start(this::accept);
    }

    String address() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    /** Begins another page. */
    void beginPage(Rules pageRules) {
        rules = pageRules;
        bytesLeft.set(pageRules.maxBytes());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket browser = listener.accept();
                if (connections.tryAcquire()) {
                    open.add(browser);
                    Thread.ofVirtual().start(() -> serve(browser));
                } else {
                    browser.close();
                }
            } catch (IOException e) {
                log.debug("The browser's proxy is closed", e);
            }
        }
    }

    private void serve(Socket browser) {
        try (browser) {
            try {
                answer(browser);
            } catch (PrivateAddressException | IllegalArgumentException e) {
                refuse(browser, 403, e.toString());
            } catch (IOException e) {
                refuse(browser, 502, e.toString());
            }
        } catch (IOException e) {
            log.debug("The browser closed the connection", e);
        } finally {
            open.remove(browser);
            connections.release();
        }
    }

    private void answer(Socket browser) throws IOException {
        Optional<ProxyRequest> read = ProxyRequest.read(browser.getInputStream());
        if (read.isEmpty()) {
            refuse(browser, 400, "malformed request");
            return;
        }
        ProxyRequest request = read.get();
        PublicAddressResolver resolver = rules.resolver();
        boolean port = request.hasStandardPort() || resolver.allowsPrivate(request.host());
        if (request.host().isEmpty() || !rules.allowedHosts().test(request.host()) || !port) {
            refuse(browser, 403, "not allowed: " + request.host() + ":" + request.port());
            return;
        }
        InetAddress address = resolver.resolve(request.host())[0];
        try (Socket server = new Socket()) {
            server.connect(new InetSocketAddress(address, request.port()), CONNECT_TIMEOUT_MILLIS);
            open.add(server);
            try {
                connect(browser, server, request);
            } finally {
                open.remove(server);
            }
        }
    }

    private void connect(Socket browser, Socket server, ProxyRequest request) throws IOException {
        if (request.tunnel()) {
            send(browser, "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
            send(server, request.forwardedHead());
        }
        Thread.ofVirtual().start(() -> {
            // Closes the server's side when the browser leaves: a silent server would keep the other thread for ever.
            try (server) {
                browser.getInputStream().transferTo(server.getOutputStream());
            } catch (IOException e) {
                log.debug("The browser closed the connection", e);
            }
        });
        try {
            copy(server.getInputStream(), browser.getOutputStream(), request.target());
        } catch (IOException e) {
            // Too late for a status of ours: part of the response has been sent.
            log.debug("A connection of the browser ended: {}", e.toString());
        } finally {
            close(server);
            close(browser);
        }
    }

    private void copy(InputStream in, OutputStream out, URI target) throws IOException {
        byte[] buffer = new byte[1 << 14];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (bytesLeft.addAndGet(-read) < 0) {
                log.warn(
                        "A page exceeded {} bytes while loading {}; the connection was closed",
                        rules.maxBytes(),
                        target);
                onTooManyBytes.run();
                return;
            }
            out.write(buffer, 0, read);
        }
    }

    private static void refuse(Socket browser, int status, String reason) throws IOException {
        log.debug("A connection of the browser was refused: {}", reason);
        send(browser, "HTTP/1.1 " + status + " Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    private static void send(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        to.getOutputStream().flush();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("Closing a connection failed", e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            log.debug("Closing the proxy failed", e);
        }
        open.forEach(FilteringProxy::close);
    }
}
