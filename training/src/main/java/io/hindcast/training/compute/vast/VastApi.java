package io.hindcast.training.compute.vast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls of the HTTP API, one at a time and no faster than it accepts. The key goes into the header of each request and
 * nowhere else; redirects are not followed. Not thread-safe.
 */
final class VastApi implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int LONGEST = 200;

    private final URI base;
    private final String key;
    private final Duration timeout;
    private final CallSpacing spacing;
    private final MeterRegistry meters;
    private final HttpClient http;

    VastApi(URI base, String key, Duration timeout, WallTimer timer, MeterRegistry meters) {
        this.base = base;
        this.key = key;
        this.timeout = timeout;
        this.spacing = new CallSpacing(timer);
        this.meters = meters;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body missing unless it is JSON
     */
    record Answer(int status, JsonNode body) {

        boolean isError(String code) {
            return body.path("error").asText("").equals(code);
        }
    }

    /**
     * Makes a call.
     *
     * @param body empty for none
     * @return an answer of status 200, 404 or 410
     * @throws VastException if there is none
     */
    Answer call(VastCall call, String method, String path, Optional<JsonNode> body) {
        spacing.await(call);
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.map(json -> HttpRequest.BodyPublishers.ofString(json.toString()))
                                .orElseGet(HttpRequest.BodyPublishers::noBody))
                .build();
        HttpResponse<String> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            count(call, "none");
            throw new VastException(
                    VastException.Kind.UNCLEAR,
                    "no answer to " + call.label() + " (" + e.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VastException(VastException.Kind.UNCLEAR, "interrupted while waiting for " + call.label());
        }
        count(call, Integer.toString(response.statusCode()));
        return answer(call, response);
    }

    private Answer answer(VastCall call, HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode body = parse(response.body());
        if (status == 429) {
            spacing.tooFast(call);
            throw new VastException(VastException.Kind.BUSY, "calls to " + call.label() + " were too fast");
        }
        spacing.accepted(call);
        if (status == 200 || status == 404 || status == 410) {
            return new Answer(status, body);
        }
        boolean refused = status >= 400 && status < 500 && status != 408;
        throw new VastException(
                refused ? VastException.Kind.REFUSED : VastException.Kind.UNCLEAR,
                "the answer to " + call.label() + " was HTTP " + status + explained(body));
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            return body == null ? MissingNode.getInstance() : body;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Returns error and message of an answer, without secrets should it repeat the request. */
    String explained(JsonNode body) {
        String text = (body.path("error").asText("") + " "
                        + body.path("msg").asText(body.path("message").asText("")))
                .strip();
        if (text.isEmpty()) {
            return "";
        }
        String clean = text.replace(key, "…").replaceAll("[A-Za-z0-9_.-]{40,}", "…");
        return " (" + (clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…") + ")";
    }

    private void count(VastCall call, String outcome) {
        meters.counter("hindcast.rental.calls", "call", call.label(), "outcome", outcome)
                .increment();
    }

    @Override
    public void close() {
        http.close();
    }
}
