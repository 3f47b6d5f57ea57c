package io.hindcast.feeds.binance;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.WallTimer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one-minute kline streams of some symbols over a WebSocket connection that {@link StreamKeeper} keeps up until
 * {@link #close()}. A bar may arrive twice, and after a lost connection bars are missing: the listener has to handle
 * both. Thread-safe.
 */
public final class KlineStream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KlineStream.class);

    private static final int SHOWN_CHARS = 200;

    /**
     * Receiver of a stream's events. The stream calls it from the threads of its connections, so methods must be quick,
     * must not block and must be thread-safe: the events of one connection arrive in order, but two connections may
     * overlap. An exception from {@link #event} is logged and costs that event only.
     */
    public interface Listener {

        /**
         * Called when a stream begins, for the first time or after a lost connection, before any of its events: bars
         * may be missing before it.
         */
        void begun();

        /** Called for every one-minute kline event. */
        void event(KlineEvent event);
    }

    /**
     * Address and timing of the stream.
     *
     * @param connectTimeout longest time to connect
     * @param silence time without anything, not even a ping, after which a connection counts as lost
     * @param rollover age at which a connection is replaced
     * @param overlap time for which the replaced connection still runs beside the new one
     * @param settled time for which data must have flowed until a connection counts as sound
     * @param backoff waits between connection attempts
     */
    public record Settings(
            URI url,
            Duration connectTimeout,
            Duration silence,
            Duration rollover,
            Duration overlap,
            Duration settled,
            Backoff backoff) {}

    private final ExchangeMonitor monitor;
    private final Listener listener;
    private final StreamKeeper keeper;
    private final KlineMessageParser messages = new KlineMessageParser();

    /** Creates a stream that {@link #start} begins. */
    public KlineStream(
            Settings settings,
            List<Symbol> symbols,
            InstantSource wallClock,
            WallTimer waits,
            RandomGenerator random,
            ExchangeMonitor monitor,
            Listener listener) {
        this.monitor = monitor;
        this.listener = listener;
        String names = symbols.stream().map(KlineStream::nameInAddress).collect(Collectors.joining("/"));
        URI target = settings.url().resolve("/stream?streams=" + names);
        this.keeper = new StreamKeeper(target, settings, wallClock, waits, random, monitor, new Receiver());
    }

    /** Begins to connect and returns at once. */
    public KlineStream start() {
        keeper.start();
        return this;
    }

    /** Returns whether a connection is up. */
    public boolean connected() {
        return keeper.connected();
    }

    @Override
    public void close() {
        keeper.close();
    }

    private static String nameInAddress(Symbol symbol) {
        return URLEncoder.encode(symbol.value().toLowerCase(Locale.ROOT), StandardCharsets.UTF_8) + "@kline_1m";
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Parses messages and passes their events to the listener. */
    private final class Receiver implements StreamKeeper.Receiver {

        @Override
        public void begun() {
            listener.begun();
        }

        @Override
        public void message(String text) {
            String shown = text.substring(0, Math.min(SHOWN_CHARS, text.length()));
            try {
                messages.read(text).ifPresent(listener::event);
            } catch (RefusedException e) {
                monitor.badBar("stream", String.valueOf(e.getMessage()));
            } catch (IOException e) {
                monitor.malformed(shown, firstLine(e));
            } catch (RuntimeException e) {
                log.error("A stream message could not be handled: {}", shown, e);
            }
        }

        @Override
        public void tooLong(String begin) {
            monitor.malformed(begin, "longer than " + StreamConnection.MOST_CHARS);
        }
    }
}
