package io.hindcast.news.yahoo;

import io.hindcast.news.web.AddressGuard;
import io.hindcast.news.web.PrivateAddressException;
import java.io.ByteArrayOutputStream;
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
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All the browser's ways out. A browser looks up names by itself and follows redirects and scripts wherever they lead;
 * through this proxy of its own it reaches only wanted hosts, only at addresses that the guard gives, and only for so
 * many bytes a page. Ways that are open end with the browser at the latest.
 */
final class GuardedProxy implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GuardedProxy.class);

    private static final int MOST_CONNECTIONS = 64;
    private static final int LONGEST_HEAD = 32_768;
    private static final int CONNECT_MILLIS = 10_000;

    private final AddressGuard guard;
    private final Predicate<String> wanted;
    private final long mostBytes;
    private final Runnable tooMuch;
    private final AtomicLong left;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);

    /**
     * @param wanted hosts that may be reached
     * @param mostBytes that a page may bring with all its parts
     * @param tooMuch is run when it brings more
     */
    GuardedProxy(AddressGuard guard, Predicate<String> wanted, long mostBytes, Runnable tooMuch) {
        this.guard = guard;
        this.wanted = wanted;
        this.mostBytes = mostBytes;
        this.tooMuch = tooMuch;
        this.left = new AtomicLong(mostBytes);
        try {
            this.door = new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the browser's proxy cannot listen", e);
        }
        Thread.ofVirtual().name("news-proxy").start(this::accept);
    }

    String address() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + door.getLocalPort();
    }

    /** Another page begins. */
    void begin() {
        left.set(mostBytes);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket browser = door.accept();
                if (places.tryAcquire()) {
                    open.add(browser);
                    Thread.ofVirtual().start(() -> serve(browser));
                } else {
                    browser.close();
                }
            } catch (IOException e) {
                log.debug("the browser's proxy is closed", e);
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
            log.debug("the browser is gone", e);
        } finally {
            open.remove(browser);
            places.release();
        }
    }

    private void answer(Socket browser) throws IOException {
        String head = head(browser.getInputStream());
        String[] request = head.lines().findFirst().orElse("").split(" ", -1);
        if (request.length != 3) {
            refuse(browser, 400, "no request");
            return;
        }
        boolean tunnel = request[0].equals("CONNECT");
        URI target = URI.create(tunnel ? "https://" + request[1] : request[1]);
        String host = target.getHost() == null ? "" : target.getHost().toLowerCase(Locale.ROOT);
        int port = target.getPort() > 0 ? target.getPort() : tunnel ? 443 : 80;
        boolean standard = port == 80 || port == 443 || guard.allowsPrivate(host);
        if (host.isEmpty() || !wanted.test(host) || !standard) {
            refuse(browser, 403, "not wanted: " + host + ":" + port);
            return;
        }
        InetAddress address = guard.resolve(host)[0];
        try (Socket server = new Socket()) {
            server.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            open.add(server);
            try {
                join(browser, server, tunnel, head, target);
            } finally {
                open.remove(server);
            }
        }
    }

    private void join(Socket browser, Socket server, boolean tunnel, String head, URI target) throws IOException {
        if (tunnel) {
            send(browser, "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
            send(server, forwarded(head, target));
        }
        Thread.ofVirtual().start(() -> {
            // When the browser leaves, a server that is silent would else be listened to for ever.
            try (server) {
                browser.getInputStream().transferTo(server.getOutputStream());
            } catch (IOException e) {
                log.debug("the browser left", e);
            }
        });
        try {
            carry(server.getInputStream(), browser.getOutputStream(), target);
        } catch (IOException e) {
            log.debug(
                    "A way of the browser ended: {}",
                    e.toString()); // too late for an answer: part of another is under way
        } finally {
            close(server);
            close(browser);
        }
    }

    private void carry(InputStream in, OutputStream out, URI target) throws IOException {
        byte[] buffer = new byte[1 << 14];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (left.addAndGet(-read) < 0) {
                log.warn("A page brought more than {} bytes when it came to {}; it was cut off", mostBytes, target);
                tooMuch.run();
                return;
            }
            out.write(buffer, 0, read);
        }
    }

    /** The same request as a server expects it from a client, for one answer. */
    private static String forwarded(String head, URI target) {
        String[] lines = head.split("\r\n", -1);
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        StringBuilder out = new StringBuilder(lines[0].split(" ", 2)[0])
                .append(' ')
                .append(path)
                .append(target.getRawQuery() == null ? "" : "?" + target.getRawQuery())
                .append(" HTTP/1.1\r\n");
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            String name = lines[i].toLowerCase(Locale.ROOT);
            if (!name.startsWith("connection:") && !name.startsWith("proxy-")) {
                out.append(lines[i]).append("\r\n");
            }
        }
        return out.append("Connection: close\r\n\r\n").toString();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
        int ending = 0;
        while (ending < 4) {
            int b = in.read();
            if (b < 0 || head.size() > LONGEST_HEAD) {
                throw new IOException("no whole request");
            }
            head.write(b);
            ending = b == "\r\n\r\n".charAt(ending) ? ending + 1 : b == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void refuse(Socket browser, int status, String why) throws IOException {
        log.debug("The browser was refused a way: {}", why);
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
            log.debug("closing failed", e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            log.debug("closing failed", e);
        }
        open.forEach(GuardedProxy::close);
    }
}
