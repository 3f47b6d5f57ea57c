package io.hindcast.feeds.binance;

import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one WebSocket connection up: reconnects with growing, jittered waits when it is lost or silent, and replaces it
 * before the exchange's 24-hour limit by a new one that overlaps it for a while. Waits grow until data have flowed for
 * {@link KlineStream.Settings#settled}, since a failing exchange may accept connections and close them at once.
 * Attempts stay below the exchange's own limit. Thread-safe.
 */
final class StreamKeeper implements StreamConnection.Owner {

    private static final Logger log = LoggerFactory.getLogger(StreamKeeper.class);

    /** Receiver of messages, called from the threads of the connections; {@link #begun} holds the keeper's lock. */
    interface Receiver {

        /** Called when a connection is up, before its first message, unless it replaces one that still runs. */
        void begun();

        void message(String text);

        /** Called instead of {@link #message} for a message beyond the size limit, with its beginning. */
        void tooLong(String begin);
    }

    private final URI target;
    private final KlineStream.Settings settings;
    private final InstantSource wallClock;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final Receiver receiver;
    private final HttpClient client;
    private final ConnectionRateLimiter limiter;
    private final StreamAvailability availability;
    private final SilenceCheck silenceCheck;

    private @Nullable StreamConnection current;
    /** Successor of the current connection during a rollover. */
    private @Nullable StreamConnection next;
    /** Connections lost or refused since data last flowed for a while. */
    private int failures;

    private int rolloverFailures;
    private boolean closed;
    private WallTimer.@Nullable Cancellable rollover;
    private WallTimer.@Nullable Cancellable reconnect;

    StreamKeeper(
            URI target,
            KlineStream.Settings settings,
            InstantSource wallClock,
            WallTimer waits,
            RandomGenerator random,
            ExchangeMonitor monitor,
            Receiver receiver) {
        this.target = target;
        this.settings = settings;
        this.wallClock = wallClock;
        this.waits = waits;
        this.random = random;
        this.receiver = receiver;
        this.limiter = new ConnectionRateLimiter(waits);
        this.availability = new StreamAvailability(monitor);
        this.silenceCheck = new SilenceCheck(settings.silence(), waits, this::openConnections, this::lostBySilence);
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    synchronized void start() {
        connect();
        silenceCheck.start();
    }

    synchronized boolean connected() {
        return current != null && current.open();
    }

    synchronized void close() {
        closed = true;
        silenceCheck.stop();
        cancel(rollover);
        cancel(reconnect);
        Stream.of(current, next).filter(Objects::nonNull).forEach(StreamConnection::end);
        client.shutdownNow();
    }

    private synchronized void connect() {
        reconnect = null;
        if (closed) {
            return;
        }
        Duration wait = limiter.admit();
        if (wait.isPositive()) {
            reconnect = waits.after(wait, this::connect);
            availability.down(
                    "The exchange's limit of 300 connections in 5 minutes is near, so the next one waits "
                            + (wait.toSeconds() + 1) + " s",
                    "Check what closes the connections, and what else uses the exchange from this address; missing bars"
                            + " are fetched by REST meanwhile.");
            return;
        }
        // Assigned first: a connection may be lost while it is dialed, on this very thread.
        StreamConnection connection = newConnection();
        current = connection;
        connection.dial(client);
    }

    private StreamConnection newConnection() {
        return new StreamConnection(target, settings, wallClock, waits, this);
    }

    @Override
    public synchronized void opened(StreamConnection connection) {
        if (closed || (connection != current && connection != next)) {
            connection.end();
            return;
        }
        if (connection == current) {
            if (failures <= 1) {
                availability.up();
            } else {
                waits.after(settings.settled(), () -> reportUpIfOpen(connection));
            }
            scheduleRollover();
            receiver.begun();
        } else {
            log.info(
                    "The new connection to {} is up and overlaps the old one",
                    settings.url().getHost());
            waits.after(settings.overlap(), () -> replaceBy(connection));
        }
    }

    @Override
    public synchronized void sound(StreamConnection connection) {
        if (connection == current) {
            failures = 0;
            availability.up();
        }
    }

    private synchronized void reportUpIfOpen(StreamConnection connection) {
        if (connection == current && connection.open()) {
            availability.up();
        }
    }

    @Override
    public void message(String text) {
        receiver.message(text);
    }

    @Override
    public void tooLong(String begin) {
        receiver.tooLong(begin);
    }

    /** Ends a rollover: closes the old connection. */
    private synchronized void replaceBy(StreamConnection successor) {
        if (closed || next != successor) {
            return;
        }
        StreamConnection old = current;
        current = successor;
        next = null;
        rolloverFailures = 0;
        scheduleRollover();
        if (old != null) {
            old.end();
        }
    }

    @Override
    public synchronized void lost(StreamConnection connection, String problem, String remedy, Duration atLeast) {
        if (closed || !connection.abort()) {
            return;
        }
        if (connection == next) {
            next = null;
            log.warn(
                    "The new connection to {} was lost ({}); the old one stays",
                    settings.url().getHost(),
                    problem);
            rollover = waits.after(settings.backoff().after(++rolloverFailures, random), this::rollOver);
        } else if (connection == current) {
            lostCurrent(problem, remedy, atLeast);
        }
    }

    private void lostCurrent(String problem, String remedy, Duration atLeast) {
        StreamConnection successor = next;
        next = null;
        if (successor != null && successor.open()) {
            current = successor;
            scheduleRollover();
            receiver.begun();
            return;
        }
        if (successor != null) {
            successor.end();
        }
        current = null;
        cancel(rollover);
        Duration backoff = settings.backoff().after(++failures, random);
        reconnect = waits.after(backoff.compareTo(atLeast) > 0 ? backoff : atLeast, this::connect);
        availability.down(failures == 1 ? problem : problem + "; " + failures + " losses in a row", remedy);
    }

    private void scheduleRollover() {
        cancel(rollover);
        rollover = waits.after(settings.rollover(), this::rollOver);
    }

    private synchronized void rollOver() {
        if (closed || current == null || !current.open() || next != null) {
            return;
        }
        Duration wait = limiter.admit();
        if (wait.isPositive()) {
            rollover = waits.after(wait, this::rollOver);
            return;
        }
        StreamConnection connection = newConnection();
        next = connection;
        connection.dial(client);
    }

    private synchronized List<StreamConnection> openConnections() {
        return Stream.of(current, next)
                .filter(Objects::nonNull)
                .filter(StreamConnection::open)
                .toList();
    }

    private void lostBySilence(StreamConnection connection) {
        lost(
                connection,
                "the exchange was silent for " + settings.silence().toSeconds() + " s",
                StreamConnection.RECONNECT_REMEDY,
                Duration.ZERO);
    }

    private static void cancel(WallTimer.@Nullable Cancellable wait) {
        if (wait != null) {
            wait.cancel();
        }
    }
}
