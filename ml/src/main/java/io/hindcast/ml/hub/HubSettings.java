package io.hindcast.ml.hub;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Source of published models, and the folder in which they are kept.
 *
 * @param endpoint of the hub
 * @param cache folder of the downloads
 * @param token access token for restricted repositories, sent to the endpoint only
 * @param offline whether requests to the endpoint are forbidden, so that only cached models are available
 * @param silence silence after which a connection counts as lost
 * @param pause wait before the first retry; it doubles before each further one
 */
public record HubSettings(
        URI endpoint, Path cache, Optional<String> token, boolean offline, Duration silence, Duration pause) {

    public static final String ENDPOINT = "HF_ENDPOINT";
    public static final String TOKEN = "HF_TOKEN";
    public static final String OFFLINE = "HF_HUB_OFFLINE";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String HUGGING_FACE = "https://huggingface.co";

    public HubSettings {
        String scheme = endpoint.getScheme();
        if (endpoint.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new IllegalArgumentException(
                    "hub endpoint '" + endpoint + "', expected an address such as " + HUGGING_FACE);
        }
        if (token.isPresent() && "http".equals(scheme) && !LOOPBACK.contains(endpoint.getHost())) {
            throw new IllegalArgumentException(
                    "a token is set for the hub at " + endpoint + ", expected https: it would be sent in the open");
        }
    }

    /**
     * Reads the environment variables of other Hugging Face tools: {@value #ENDPOINT}, {@value #TOKEN},
     * {@value #OFFLINE}.
     */
    public static HubSettings of(Map<String, String> environment, Path cache) {
        return new HubSettings(
                URI.create(environment.getOrDefault(ENDPOINT, HUGGING_FACE)),
                cache,
                Optional.ofNullable(environment.get(TOKEN)).filter(token -> !token.isBlank()),
                environment.getOrDefault(OFFLINE, "0").matches("(?i)1|true|yes|on"),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1));
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "hub at " + endpoint + (offline ? " (offline)" : "") + ", cache " + cache;
    }
}
