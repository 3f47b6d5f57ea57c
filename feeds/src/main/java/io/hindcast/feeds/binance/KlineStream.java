package io.hindcast.feeds.binance;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Waits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one-minute kline streams of some symbols over one WebSocket connection that is kept up for ever: opened again with growing,
 * jittered waits when it is lost or silent, and before the exchange's 24-hour cut replaced by a new one that overlaps the old
 * for a while. A bar may therefore come twice, and after a loss bars are missing: the listener's business, who is told of each
 * new beginning before its first event. Thread-safe.
 */
public final class KlineStream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KlineStream.class);
    private static final int MOST_CHARS = 64 * 1024;

    /** Told what comes, in order for each connection; two connections may overlap. Must be quick. */
    public interface Listener {

        /** The stream begins, for the first time or after a loss. */
        void begun();

        void event(KlineEvent event);
    }

    /**
     * @param silence without anything, not even a ping, after which a connection counts as lost
     * @param rollover age at which a connection is replaced
     * @param overlap how long the old one still runs beside the new one
     */
    public record Settings(
            URI url, Duration connect, Duration silence, Duration rollover, Duration overlap, Backoff backoff) {

        public static Settings of(URI url) {
            return new Settings(
                    url,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofHours(23),
                    Duration.ofSeconds(30),
                    new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)));
        }
    }

    private final Settings settings;
    private final List<Symbol> symbols;
    private final Waits waits;
    private final RandomGenerator random;
    private final ExchangeWatch watch;
    private final Listener listener;
    private final HttpClient client;
    private final KlineMessages messages = new KlineMessages();

    private @Nullable Connection current;
    private @Nullable Connection next;
    private int failures;
    private boolean everOpened;
    private boolean closed;
    private Waits.@Nullable Cancellable checking;
    private Waits.@Nullable Cancellable rolling;
    private Waits.@Nullable Cancellable reconnecting;

    public KlineStream(
            Settings settings,
            List<Symbol> symbols,
            Waits waits,
            RandomGenerator random,
            ExchangeWatch watch,
            Listener listener) {
        this.settings = settings;
        this.symbols = List.copyOf(symbols);
        this.waits = waits;
        this.random = random;
        this.watch = watch;
        this.listener = listener;
        this.client = HttpClient.newBuilder().connectTimeout(settings.connect()).build();
    }

    /** Begins; returns at once. */
    public synchronized KlineStream start() {
        connect();
        checkLater();
        return this;
    }

    /** Whether a connection is up. */
    public synchronized boolean connected() {
        return current != null && current.open;
    }

    @Override
    public synchronized void close() {
        closed = true;
        cancel(checking);
        cancel(rolling);
        cancel(reconnecting);
        for (Connection connection : new Connection[] {current, next}) {
            if (connection != null) {
                connection.end();
            }
        }
        client.shutdownNow();
    }

    private synchronized void connect() {
        reconnecting = null;
        if (!closed) {
            current = new Connection();
            current.dial();
        }
    }

    private synchronized void opened(Connection connection) {
        if (closed || (connection != current && connection != next)) {
            connection.end();
            return;
        }
        failures = 0;
        if (connection == current) {
            watch.connected(everOpened);
            everOpened = true;
            rollLater();
            listener.begun();
        } else {
            log.info(
                    "The new connection to {} is up and overlaps the old one",
                    settings.url().getHost());
            waits.after(settings.overlap(), () -> replace(connection));
        }
    }

    /** Ends the old connection of a rollover. */
    private synchronized void replace(Connection successor) {
        if (closed || next != successor) {
            return;
        }
        Connection old = current;
        current = successor;
        next = null;
        rollLater();
        if (old != null) {
            old.end();
        }
    }

    private synchronized void lost(Connection connection, String why) {
        if (closed || connection.ended) {
            return;
        }
        connection.ended = true;
        connection.abort();
        if (connection == next) {
            next = null;
            log.warn(
                    "The new connection to {} was lost ({}); the old one goes on",
                    settings.url().getHost(),
                    why);
            rolling = waits.after(settings.backoff().after(++failures, random), this::roll);
        } else if (connection == current) {
            watch.disconnected(why);
            Connection successor = next;
            if (successor != null && successor.open) {
                current = successor;
                next = null;
                rollLater();
                listener.begun();
                return;
            }
            if (successor != null) {
                successor.end();
                next = null;
            }
            current = null;
            cancel(rolling);
            Duration wait = settings.backoff().after(++failures, random);
            reconnecting = waits.after(wait, this::connect);
        }
    }

    private void rollLater() {
        cancel(rolling);
        rolling = waits.after(settings.rollover(), this::roll);
    }

    private synchronized void roll() {
        if (!closed && current != null && current.open && next == null) {
            next = new Connection();
            next.dial();
        }
    }

    private void checkLater() {
        checking = waits.after(settings.silence().dividedBy(4), this::check);
    }

    private void check() {
        Connection silent = null;
        synchronized (this) {
            if (closed) {
                return;
            }
            for (Connection connection : new Connection[] {current, next}) {
                if (connection != null && connection.open) {
                    long quiet = waits.nanoTime() - connection.heardNanos;
                    if (quiet > settings.silence().toNanos()) {
                        silent = connection;
                    } else if (quiet > settings.silence().toNanos() / 2) {
                        connection.ping();
                    }
                }
            }
            checkLater();
        }
        if (silent != null) {
            lost(silent, "silent for " + settings.silence().toSeconds() + " s");
        }
    }

    private void message(String text) {
        try {
            messages.read(text).ifPresent(listener::event);
        } catch (RefusedException e) {
            watch.badBar("stream", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            watch.malformed(text.substring(0, Math.min(200, text.length())), firstLine(e));
        } catch (RuntimeException e) {
            log.error("A stream message could not be handled: {}", text.substring(0, Math.min(200, text.length())), e);
        }
    }

    private URI target() {
        String names = symbols.stream()
                .map(symbol -> symbol.value().toLowerCase(Locale.ROOT) + "@kline_1m")
                .collect(Collectors.joining("/"));
        return settings.url().resolve("/stream?streams=" + names);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void cancel(Waits.@Nullable Cancellable wait) {
        if (wait != null) {
            wait.cancel();
        }
    }

    /** One connection, which is opened once and ends once. */
    private final class Connection implements WebSocket.Listener {

        volatile boolean open;
        volatile boolean ended;
        volatile long heardNanos = waits.nanoTime();
        private volatile @Nullable WebSocket socket;
        private final StringBuilder parts = new StringBuilder();
        private boolean tooLong;

        void dial() {
            var _ = client.newWebSocketBuilder()
                    .connectTimeout(settings.connect())
                    .buildAsync(target(), this)
                    .whenComplete((opened, failure) -> {
                        if (failure != null) {
                            lost(this, "cannot connect to " + settings.url() + ": " + rootMessage(failure));
                        }
                    });
        }

        @Override
        public void onOpen(WebSocket webSocket) {
            socket = webSocket;
            open = true;
            heardNanos = waits.nanoTime();
            opened(this);
            webSocket.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            heardNanos = waits.nanoTime();
            if (last && parts.isEmpty() && !tooLong) {
                deliver(data.toString());
            } else {
                if (parts.length() + data.length() > MOST_CHARS) {
                    tooLong = true;
                } else {
                    parts.append(data);
                }
                if (last) {
                    String text = parts.toString();
                    parts.setLength(0);
                    if (tooLong) {
                        watch.malformed(text.substring(0, Math.min(200, text.length())), "longer than " + MOST_CHARS);
                    } else {
                        deliver(text);
                    }
                    tooLong = false;
                }
            }
            webSocket.request(1);
            return null;
        }

        private void deliver(String text) {
            if (!ended) {
                message(text);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer data) {
            heardNanos = waits.nanoTime();
            webSocket.request(1);
            return null; // the JDK answers with a pong
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer data) {
            heardNanos = waits.nanoTime();
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            open = false;
            lost(this, "closed by the exchange (" + status + (reason.isEmpty() ? "" : " " + reason) + ")");
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable failure) {
            open = false;
            lost(this, rootMessage(failure));
        }

        void ping() {
            WebSocket to = socket;
            if (to != null) {
                var _ = to.sendPing(ByteBuffer.allocate(0));
            }
        }

        /** Ends it from this side, politely. */
        void end() {
            ended = true;
            open = false;
            WebSocket to = socket;
            if (to != null) {
                var _ = to.sendClose(WebSocket.NORMAL_CLOSURE, "");
                waits.after(Duration.ofSeconds(2), to::abort);
            }
        }

        void abort() {
            open = false;
            WebSocket to = socket;
            if (to != null) {
                to.abort();
            }
        }

        private static String rootMessage(Throwable failure) {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        }
    }
}
