package io.hindcast.simulator.exchange;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated exchange's streams: {@code /ws/a/b} sends bare events, {@code /stream?streams=a/b} wraps each with the
 * name of its stream. Thread-safe.
 */
final class SimulatedStreams {

    private static final Logger log = LoggerFactory.getLogger(SimulatedStreams.class);

    private record Subscription(Set<String> streams, boolean combined) {}

    private final StreamFaults faults;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Server server;

    SimulatedStreams(StreamFaults faults, int port) {
        this.faults = faults;
        this.server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    void start() {
        server.start();
        try {
            server.started.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the exchange simulator's streams started", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the exchange simulator's streams did not start", e);
        }
    }

    void stop() {
        try {
            server.stop(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + server.getPort());
    }

    /** Returns the number of connections accepted so far. */
    int accepted() {
        return accepted.get();
    }

    /** Returns the number of open connections. */
    int connections() {
        return server.getConnections().size();
    }

    /** Cuts all connections, without a closing handshake. */
    void dropAll() {
        for (WebSocket connection : server.getConnections()) {
            connection.closeConnection(CloseFrame.ABNORMAL_CLOSE, "dropped");
        }
    }

    void pingAll() {
        if (!faults.silent()) {
            for (WebSocket connection : server.getConnections()) {
                try {
                    if (connection.isOpen()) {
                        connection.sendPing();
                    }
                } catch (WebsocketNotConnectedException e) {
                    log.debug("a client left before it was pinged", e);
                }
            }
        }
    }

    /** Sends an event to all subscribers of {@code stream}. */
    void publish(String stream, String event) {
        if (faults.silent()) {
            return;
        }
        for (WebSocket connection : server.getConnections()) {
            Subscription subscription = connection.getAttachment();
            if (subscription != null
                    && connection.isOpen()
                    && subscription.streams().contains(stream)) {
                send(
                        connection,
                        subscription.combined() ? "{\"stream\":\"" + stream + "\",\"data\":" + event + "}" : event);
            }
        }
    }

    private static void send(WebSocket connection, String text) {
        try {
            connection.send(text);
        } catch (WebsocketNotConnectedException e) {
            log.debug("a client left while an event was sent to it", e);
        }
    }

    private static Subscription subscription(String resource) {
        String path = resource.split("\\?", 2)[0];
        String names;
        boolean combined = false;
        if (path.startsWith("/ws/")) {
            names = path.substring("/ws/".length());
        } else {
            int at = resource.indexOf("streams=");
            names = at < 0 ? "" : resource.substring(at + "streams=".length()).split("&", 2)[0];
            combined = true;
        }
        Set<String> streams = new HashSet<>();
        for (String name : names.split("/", -1)) {
            streams.add(URLDecoder.decode(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
        }
        return new Subscription(streams, combined);
    }

    private final class Server extends WebSocketServer {

        final CompletableFuture<Void> started = new CompletableFuture<>();

        Server(InetSocketAddress address) {
            super(address, 1);
            setReuseAddr(true);
            setTcpNoDelay(true);
            setDaemon(true);
            setConnectionLostTimeout(0); // the player sends the pings
        }

        @Override
        public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
                WebSocket connection, Draft draft, ClientHandshake request) throws InvalidDataException {
            if (faults.refusing()) {
                throw new InvalidDataException(CloseFrame.REFUSE, "refused");
            }
            connection.setAttachment(subscription(request.getResourceDescriptor()));
            return super.onWebsocketHandshakeReceivedAsServer(connection, draft, request);
        }

        @Override
        public void onOpen(WebSocket connection, ClientHandshake handshake) {
            accepted.incrementAndGet();
            if (faults.closing()) {
                connection.close(CloseFrame.GOING_AWAY);
            }
        }

        @Override
        public void onClose(WebSocket connection, int code, String reason, boolean remote) {}

        @Override
        public void onMessage(WebSocket connection, String message) {
            log.debug("the exchange simulator ignores the message {}", message);
        }

        @Override
        public void onError(WebSocket connection, Exception failure) {
            if (!started.isDone()) {
                started.completeExceptionally(failure);
            }
            log.debug("a stream of the exchange simulator failed", failure);
        }

        @Override
        public void onStart() {
            started.complete(null);
        }
    }
}
