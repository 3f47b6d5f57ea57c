package io.hindcast.feeds.binance;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.WallTimer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one-minute kline streams of some symbols over one WebSocket connection that is kept up for ever: opened again
 * with growing, jittered waits when it is lost or silent, and before the exchange's 24-hour cut replaced by a new one
 * that overlaps the old for a while. Waits grow until data have flowed for a while, since an exchange in trouble may
 * accept connections and close them at once, and attempts are counted against the exchange's own limit. A bar may come
 * twice, and after a loss bars are missing: the listener's business, who is told of each new beginning before its first
 * event. Thread-safe.
 */
public final class KlineStream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KlineStream.class);
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
     * @param settled how long data must have flowed until a connection counts as sound
     */
    public record Settings(
            URI url,
            Duration connect,
            Duration silence,
            Duration rollover,
            Duration overlap,
            Duration settled,
            Backoff backoff) {

        public static Settings of(URI url) {
            return new Settings(
                    url,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofHours(23),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)));
        }
    }

    private final Settings settings;
    private final List<Symbol> symbols;
    private final InstantSource wallClock;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final ExchangeWatch watch;
    private final Listener listener;
    private final HttpClient client;
    private final ConnectionLimit limit;
    private final KlineMessages messages = new KlineMessages();

    private @Nullable StreamConnection current;
    private @Nullable StreamConnection next;
    /** Connections lost or refused since data last flowed for a while. */
    private int failures;

    private int rollFailures;
    private boolean everAnnounced;
    private boolean announced;
    private boolean closed;
    private WallTimer.@Nullable Cancellable checking;
    private WallTimer.@Nullable Cancellable rolling;
    private WallTimer.@Nullable Cancellable reconnecting;

    public KlineStream(
            Settings settings,
            List<Symbol> symbols,
            InstantSource wallClock,
            WallTimer waits,
            RandomGenerator random,
            ExchangeWatch watch,
            Listener listener) {
        this.settings = settings;
        this.symbols = List.copyOf(symbols);
        this.wallClock = wallClock;
        this.waits = waits;
        this.random = random;
        this.watch = watch;
        this.listener = listener;
        this.limit = new ConnectionLimit(waits);
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
        return current != null && current.open();
    }

    @Override
    public synchronized void close() {
        closed = true;
        cancel(checking);
        cancel(rolling);
        cancel(reconnecting);
        for (StreamConnection connection : new StreamConnection[] {current, next}) {
            if (connection != null) {
                connection.end();
            }
        }
        client.shutdownNow();
    }

    private synchronized void connect() {
        reconnecting = null;
        if (closed) {
            return;
        }
        Duration wait = limit.admit();
        if (wait.isPositive()) {
            say(
                    "The exchange's limit of 300 connections in 5 minutes is near, so the next one waits "
                            + (wait.toSeconds() + 1) + " s",
                    "Look what closes the connections, and what else uses the exchange from this address; REST brings bars"
                            + " meanwhile.");
            reconnecting = waits.after(wait, this::connect);
            return;
        }
        StreamConnection connection = connection();
        current = connection;
        connection.dial(client);
    }

    private StreamConnection connection() {
        return new StreamConnection(target(), settings, wallClock, waits, new Owner());
    }

    private void say(String problem, String remedy) {
        announced = false;
        watch.disconnected(problem, remedy);
    }

    /**
     * Says that the stream is up: at once after a single loss, after repeated ones only when data have flowed for a
     * while.
     */
    private void announce() {
        if (!announced) {
            announced = true;
            watch.connected(everAnnounced);
            everAnnounced = true;
        }
    }

    private synchronized void sound(StreamConnection connection) {
        if (connection == current) {
            failures = 0;
            announce();
        }
    }

    private synchronized void announceIfUp(StreamConnection connection) {
        if (connection == current && connection.open()) {
            announce();
        }
    }

    private synchronized void opened(StreamConnection connection) {
        if (closed || (connection != current && connection != next)) {
            connection.end();
            return;
        }
        if (connection == current) {
            if (failures <= 1) {
                announce();
            } else {
                waits.after(settings.settled(), () -> announceIfUp(connection));
            }
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
    private synchronized void replace(StreamConnection successor) {
        if (closed || next != successor) {
            return;
        }
        StreamConnection old = current;
        current = successor;
        next = null;
        rollFailures = 0;
        rollLater();
        if (old != null) {
            old.end();
        }
    }

    private synchronized void lost(StreamConnection connection, String why, String remedy, Duration atLeast) {
        if (closed || !connection.abort()) {
            return;
        }
        if (connection == next) {
            next = null;
            log.warn(
                    "The new connection to {} was lost ({}); the old one goes on",
                    settings.url().getHost(),
                    why);
            rolling = waits.after(settings.backoff().after(++rollFailures, random), this::roll);
        } else if (connection == current) {
            StreamConnection successor = next;
            if (successor != null && successor.open()) {
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
            Duration backoff = settings.backoff().after(++failures, random);
            Duration wait = backoff.compareTo(atLeast) > 0 ? backoff : atLeast;
            say(failures == 1 ? why : why + "; " + failures + " losses in a row", remedy);
            reconnecting = waits.after(wait, this::connect);
        }
    }

    private void rollLater() {
        cancel(rolling);
        rolling = waits.after(settings.rollover(), this::roll);
    }

    private synchronized void roll() {
        if (closed || current == null || !current.open() || next != null) {
            return;
        }
        Duration wait = limit.admit();
        if (wait.isPositive()) {
            rolling = waits.after(wait, this::roll);
            return;
        }
        StreamConnection connection = connection();
        next = connection;
        connection.dial(client);
    }

    private void checkLater() {
        checking = waits.after(settings.silence().dividedBy(4), this::check);
    }

    private void check() {
        StreamConnection silent = null;
        synchronized (this) {
            if (closed) {
                return;
            }
            for (StreamConnection connection : new StreamConnection[] {current, next}) {
                if (connection != null && connection.open()) {
                    long quiet = waits.nanoTime() - connection.heardNanos();
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
            lost(
                    silent,
                    "the exchange was silent for " + settings.silence().toSeconds() + " s",
                    StreamConnection.AGAIN,
                    Duration.ZERO);
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
        String names = symbols.stream().map(KlineStream::nameInAddress).collect(Collectors.joining("/"));
        return settings.url().resolve("/stream?streams=" + names);
    }

    private static String nameInAddress(Symbol symbol) {
        return URLEncoder.encode(symbol.value().toLowerCase(Locale.ROOT), StandardCharsets.UTF_8) + "@kline_1m";
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void cancel(WallTimer.@Nullable Cancellable wait) {
        if (wait != null) {
            wait.cancel();
        }
    }

    private final class Owner implements StreamConnection.Owner {

        @Override
        public void opened(StreamConnection connection) {
            KlineStream.this.opened(connection);
        }

        @Override
        public void sound(StreamConnection connection) {
            KlineStream.this.sound(connection);
        }

        @Override
        public void lost(StreamConnection connection, String why, String remedy, Duration atLeast) {
            KlineStream.this.lost(connection, why, remedy, atLeast);
        }

        @Override
        public void message(String text) {
            KlineStream.this.message(text);
        }

        @Override
        public void tooLong(String begin) {
            watch.malformed(begin, "longer than " + StreamConnection.MOST_CHARS);
        }
    }
}
