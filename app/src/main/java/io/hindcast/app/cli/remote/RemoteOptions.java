package io.hindcast.app.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hindcast.console.StartFailure;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of the commands that address a running platform. */
final class RemoteOptions {

    @ArgGroup(exclusive = true)
    private @Nullable Platform platform;

    @Option(names = "--json", description = "Prints the platform's answer as JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    /** The address, in one of two forms. */
    static final class Platform {

        @Option(
                names = "--address",
                paramLabel = "URL",
                description = "Address of the platform. Default: http://127.0.0.1:8080.")
        private @Nullable URI address;

        @Option(names = "--port", paramLabel = "PORT", description = "Port of a platform on this machine.")
        private @Nullable Integer port;

        URI uri() {
            URI given = address;
            if (given == null) {
                return URI.create("http://127.0.0.1:" + port);
            }
            if (given.getHost() == null || !("http".equals(given.getScheme()) || "https".equals(given.getScheme()))) {
                throw new StartFailure("--address was " + given + ", expected an address like http://127.0.0.1:8080.");
            }
            return given;
        }
    }

    /** Sends a document and returns the data of the answer. */
    JsonNode send(String document, Map<String, ? extends @Nullable Object> variables) {
        URI address = platform == null ? URI.create("http://127.0.0.1:8080") : platform.uri();
        return new GraphqlClient(address).send(document, variables);
    }

    /** Prints a line, or nothing if the answer is printed as JSON. */
    void line(String text) {
        if (!json) {
            out().println(text);
        }
    }

    /** Prints an answer as JSON if that is wanted, and returns whether it is. */
    boolean printedJson(JsonNode answer) {
        if (json) {
            try {
                out().println(GraphqlClient.JSON
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(answer));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return json;
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Returns the given symbols, or those of all markets of the platform. */
    List<String> symbols(@Nullable String given) {
        if (given != null) {
            return List.of(given);
        }
        List<String> all = new ArrayList<>();
        send("{markets {symbol}}", Map.of())
                .path("markets")
                .forEach(market -> all.add(market.path("symbol").asText()));
        return all;
    }
}
