package io.hindcast.app.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers documents by fixed texts, once they are valid against the schema of the API. */
final class PlatformDouble implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final GraphQLSchema SCHEMA = schema();

    private final HttpServer server;
    private final Map<String, String> answers = new LinkedHashMap<>();
    /** Variables of the requests, in order. */
    final List<JsonNode> variables = new ArrayList<>();

    PlatformDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/graphql", this::answer);
        server.start();
    }

    private static GraphQLSchema schema() {
        try (InputStream in = PlatformDouble.class.getResourceAsStream("/graphql/schema.graphqls")) {
            if (in == null) {
                throw new IllegalStateException("no schema on the class path");
            }
            return UnExecutableSchemaGenerator.makeUnExecutableSchema(
                    new SchemaParser().parse(new String(in.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets the answer to documents that contain a text; single quotes stand for double ones. */
    PlatformDouble on(String part, String answer) {
        answers.put(part, answer.replace('\'', '"'));
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            String document = request.path("query").asText();
            variables.add(request.path("variables"));
            ParseAndValidateResult checked = ParseAndValidate.parseAndValidate(
                    SCHEMA, ExecutionInput.newExecutionInput(document).build());
            String answer = checked.isFailure()
                    ? JSON.writeValueAsString(Map.of(
                            "errors",
                            List.of(Map.of("message", checked.getErrors().toString()))))
                    : answers.entrySet().stream()
                            .filter(entry -> document.contains(entry.getKey()))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse("{\"errors\": [{\"message\": \"unexpected document\"}]}");
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
