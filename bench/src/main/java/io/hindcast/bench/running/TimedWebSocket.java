package io.hindcast.bench.running;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that passes on JSON messages with their arrival times. */
final class TimedWebSocket implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WebSocket socket;

    private TimedWebSocket(WebSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens a connection.
     *
     * @param messages receives each message and the {@link System#nanoTime()} of its arrival, before parsing; called on
     *     a thread of the HTTP client, one message at a time
     */
    static TimedWebSocket open(HttpClient http, URI uri, String protocol, ObjLongConsumer<JsonNode> messages) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (!protocol.isEmpty()) {
            builder.subprotocols(protocol);
        }
        return new TimedWebSocket(builder.buildAsync(uri, new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            long now = System.nanoTime();
                            try {
                                messages.accept(JSON.readTree(text.toString()), now);
                            } catch (JsonProcessingException e) {
                                throw new IllegalStateException("not JSON: " + text, e);
                            }
                            text.setLength(0);
                        }
                        webSocket.request(1);
                        return null;
                    }
                })
                .join());
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
