package io.hindcast.graphql.engine;

import graphql.execution.preparsed.persisted.PersistedQuerySupport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webmvc.GraphQlWebSocketHandler;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Handles graphql-transport-ws, where a request may also name its document by digest, as over HTTP. Spring's handler
 * closes the whole connection on a request without a query.
 */
public final class PersistedQuerySocketHandler extends GraphQlWebSocketHandler {

    private final JsonMapper json;

    public PersistedQuerySocketHandler(
            WebGraphQlHandler handler, JsonMapper json, Duration initTimeout, @Nullable Duration keepAlive) {
        super(handler, new JacksonJsonHttpMessageConverter(json), initTimeout, keepAlive);
        this.json = json;
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
        super.handleTextMessage(
                session, message.getPayload().contains("persistedQuery") ? withQuery(message) : message);
    }

    private TextMessage withQuery(TextMessage message) {
        try {
            JsonNode read = json.readTree(message.getPayload());
            if (read.path("payload") instanceof ObjectNode payload
                    && !payload.has("query")
                    && payload.path("extensions").has("persistedQuery")) {
                payload.put("query", PersistedQuerySupport.PERSISTED_QUERY_MARKER);
                return new TextMessage(json.writeValueAsString(read));
            }
            return message;
        } catch (JacksonException e) {
            // Spring's handler refuses any message that is not JSON.
            return message;
        }
    }
}
