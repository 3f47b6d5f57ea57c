package io.hindcast.app.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Sends documents to the GraphQL API of a platform. */
final class GraphqlClient {

    static final JsonMapper JSON = new JsonMapper();

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than the platform takes to give up on a query. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final URI platform;

    /** @param platform such as {@code http://127.0.0.1:8080} */
    GraphqlClient(URI platform) {
        this.platform = platform;
    }

    /**
     * Returns the data of the answer.
     *
     * @throws StartFailure with the platform's message, as it is, if the platform refuses the document or fails
     * @throws UnreachableException if nothing answers, or something other than a platform
     */
    JsonNode send(String document, Map<String, ? extends @Nullable Object> variables) {
        JsonNode answer = post(document, variables);
        JsonNode error = answer.path("errors").path(0);
        if (!error.isMissingNode()) {
            throw new StartFailure(error.path("message").asText("an error without a message"));
        }
        return answer.path("data");
    }

    private JsonNode post(String document, Map<String, ? extends @Nullable Object> variables) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build()) {
            String body = JSON.writeValueAsString(Map.of("query", document, "variables", variables));
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(platform.resolve("/graphql"))
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/json")
                            .timeout(ANSWER)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return json(response);
        } catch (HttpTimeoutException e) {
            throw new UnreachableException(
                    platform + " did not answer in time. See the platform's console and log, and try again.", e);
        } catch (ConnectException e) {
            throw new UnreachableException(
                    "No platform answers at " + platform + ". Start one (hindcast up, or hindcast demo), or name"
                            + " another one with --address or --port.",
                    e);
        } catch (IOException e) {
            throw new UnreachableException(
                    "The connection to " + platform + " broke: " + e.getMessage() + ". Try again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        }
    }

    private JsonNode json(HttpResponse<String> response) {
        try {
            JsonNode answer = JSON.readTree(response.body());
            if (answer.has("data") || answer.has("errors")) {
                return answer;
            }
        } catch (JsonProcessingException e) {
            // Not a platform: reported below.
        }
        throw new UnreachableException(
                platform + " is no platform of Hindcast: it answered with status " + response.statusCode()
                        + " and something other than GraphQL. Name the platform with --address or --port.",
                null);
    }
}
