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

/** One WebSocket connection, which is opened once and ends once. */
final class StreamConnection implements WebSocket.Listener {

    static final int MOST_CHARS = 64 * 1024;

    static final String AGAIN =
            "Nothing has to be done: it is connected again, ever more slowly, and REST brings bars meanwhile."
                    + " If it lasts, check hindcast.feeds.binance.ws-url and what stands between.";

    private static final int SHOWN_CHARS = 200;

    /** Who dials connections, and is told what becomes of them. */
    interface Owner {
        void opened(StreamConnection connection);

        /** Data have flowed for a while. Called once. */
        void sound(StreamConnection connection);

        /** @param atLeast how long the next connection must wait */
        void lost(StreamConnection connection, String why, String remedy, Duration atLeast);

        void message(String text);

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
                .connectTimeout(settings.connect())
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

    /** Cuts it; false if it had ended before. */
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
        owner.lost(
                this,
                "closed by the exchange (" + status + (reason.isEmpty() ? "" : " " + reason) + ")",
                AGAIN,
                Duration.ZERO);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable failure) {
        open = false;
        owner.lost(this, rootMessage(failure), AGAIN, Duration.ZERO);
    }

    private void refused(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof WebSocketHandshakeException handshake && handshake.getResponse() != null) {
                HttpResponse<?> answer = handshake.getResponse();
                FailedAnswer failed = FailedAnswer.of(
                        settings.url(), answer.statusCode(), answer.headers(), new byte[0], wallClock.instant());
                owner.lost(
                        this,
                        failed.problem(),
                        failed.remedy(),
                        failed.lasting().notBefore());
                return;
            }
        }
        owner.lost(this, "cannot connect to " + settings.url() + ": " + rootMessage(failure), AGAIN, Duration.ZERO);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
