package io.hindcast.feeds.binance;

import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One WebSocket connection, which is opened once and ends once. Thread-safe. */
final class StreamConnection implements WebSocket.Listener {

    static final int MOST_CHARS = 64 * 1024;

    static final String RECONNECT_REMEDY =
            "Nothing has to be done: it is reconnected with growing waits, and missing bars are fetched by REST meanwhile."
                    + " If it lasts, check hindcast.feeds.binance.ws-url and any proxy or firewall on the way.";

    private static final int SHOWN_CHARS = 200;

    /**
     * Owner of connections, called from the WebSocket client's threads, one call at a time per connection: either
     * {@link #opened} first and {@link #lost} last, or {@link #lost} alone. Methods must not block.
     */
    interface Owner {

        /** Called once when the connection is up, before its first message. */
        void opened(StreamConnection connection);

        /** Called once when data have flowed for {@link KlineStream.Settings#settled}. */
        void sound(StreamConnection connection);

        /**
         * Called when the connection cannot be opened, is closed by the exchange or fails; possibly more than once.
         *
         * @param atLeast shortest wait before the next connection that the exchange accepts
         */
        void lost(StreamConnection connection, String problem, String remedy, Duration atLeast);

        /** Called for each message. An exception ends the connection. */
        void message(String text);

        /**
         * Called instead of {@link #message} for one longer than {@value #MOST_CHARS} characters, with its beginning.
         */
        void tooLong(String begin);
    }

    private final URI target;
    private final KlineStream.Settings settings;
    private final InstantSource wallClock;
    private final WallTimer waits;
    private final Owner owner;
    private final StringBuilder parts = new StringBuilder();
    private boolean tooLong;
    private boolean sound;
    private volatile boolean open;
    private volatile boolean ended;
    private volatile long openedNanos;
    private volatile long heardNanos;
    private volatile @Nullable WebSocket socket;

    StreamConnection(URI target, KlineStream.Settings settings, InstantSource wallClock, WallTimer waits, Owner owner) {
        this.target = target;
        this.settings = settings;
        this.wallClock = wallClock;
        this.waits = waits;
        this.owner = owner;
    }

    void dial(HttpClient client) {
        var _ = client.newWebSocketBuilder()
                .connectTimeout(settings.connectTimeout())
                .buildAsync(target, this)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        refused(failure);
                    }
                });
    }

    boolean open() {
        return open;
    }

    long heardNanos() {
        return heardNanos;
    }

    void ping() {
        WebSocket to = socket;
        if (to != null) {
            var _ = to.sendPing(ByteBuffer.allocate(0));
        }
    }

    /** Ends the connection from this side with a closing handshake. */
    void end() {
        ended = true;
        open = false;
        WebSocket to = socket;
        if (to != null) {
            var _ = to.sendClose(WebSocket.NORMAL_CLOSURE, "");
            waits.after(Duration.ofSeconds(2), to::abort);
        }
    }

    /** Cuts the connection; returns false if it had ended before. */
    synchronized boolean abort() {
        if (ended) {
            return false;
        }
        ended = true;
        open = false;
        WebSocket to = socket;
        if (to != null) {
            to.abort();
        }
        return true;
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        socket = webSocket;
        openedNanos = waits.nanoTime();
        heardNanos = openedNanos;
        open = true;
        owner.opened(this);
        webSocket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        heardNanos = waits.nanoTime();
        if (parts.length() + data.length() > MOST_CHARS) {
            tooLong = true;
        } else if (!tooLong) {
            parts.append(data);
        }
        if (last) {
            String text = parts.toString();
            parts.setLength(0);
            if (tooLong) {
                owner.tooLong(text.substring(0, Math.min(SHOWN_CHARS, text.length())));
            } else if (!ended) {
                deliver(text);
            }
            tooLong = false;
        }
        webSocket.request(1);
        return null;
    }

    private void deliver(String text) {
        owner.message(text);
        if (!sound && waits.nanoTime() - openedNanos >= settings.settled().toNanos()) {
            sound = true;
            owner.sound(this);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer data) {
        heardNanos = waits.nanoTime();
        webSocket.request(1);
        return null; // the client itself sends the pong
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
        owner.lost(
                this,
                "closed by the exchange (" + status + (reason.isEmpty() ? "" : " " + reason) + ")",
                RECONNECT_REMEDY,
                Duration.ZERO);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable failure) {
        open = false;
        owner.lost(this, rootMessage(failure), RECONNECT_REMEDY, Duration.ZERO);
    }

    private void refused(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof WebSocketHandshakeException handshake && handshake.getResponse() != null) {
                HttpResponse<?> answer = handshake.getResponse();
                RequestFailedException failed = RequestFailedException.of(
                        settings.url(), answer.statusCode(), answer.headers(), new byte[0], wallClock.instant());
                owner.lost(
                        this,
                        failed.problem(),
                        failed.remedy(),
                        failed.lasting().notBefore());
                return;
            }
        }
        owner.lost(
                this,
                "cannot connect to " + settings.url() + ": " + rootMessage(failure),
                RECONNECT_REMEDY,
                Duration.ZERO);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
