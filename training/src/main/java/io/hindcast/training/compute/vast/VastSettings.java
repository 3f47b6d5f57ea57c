package io.hindcast.training.compute.vast;

import io.hindcast.api.rental.RentalLimits;
import io.hindcast.api.rental.Usd;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Complete settings of rented machines.
 *
 * @param apiKey key of the account
 * @param image container image of the worker
 * @param limits most that may be spent
 * @param properties everything that has a default
 */
public record VastSettings(String apiKey, String image, RentalLimits limits, VastProperties properties) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Checks settings.
     *
     * @param platform address at which workers reach the platform; empty if it is not set
     * @throws IllegalArgumentException if one is missing or bad, with the remedy
     */
    public static VastSettings of(VastProperties properties, Optional<URI> platform) {
        String key = properties
                .apiKey()
                .orElseThrow(() -> missing(
                        "vast.api-key",
                        "a key of the account: set HINDCAST_TRAINING_WORKER_VAST_API_KEY in the environment"));
        String image = properties
                .image()
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> missing("vast.image", "the worker's container image, which rented machines load"));
        requireApi(properties.url());
        requirePlatform(platform);
        // Both are present: a key without limits is refused before.
        RentalLimits limits = new RentalLimits(
                new Usd(properties.cycleLimitUsd().orElseThrow()),
                new Usd(properties.monthLimitUsd().orElseThrow()));
        return new VastSettings(key, image, limits, properties);
    }

    private static void requireApi(URI url) {
        if (!isSafe(url)) {
            throw new IllegalArgumentException("hindcast.training.worker.vast.url was " + url
                    + ", expected an address with https, to which the account's key can be sent");
        }
    }

    private static void requirePlatform(Optional<URI> platform) {
        URI address = platform.orElseThrow(() ->
                missing("platform-url", "the address at which rented machines reach this platform over the internet"));
        if (!isSafe(address)) {
            throw new IllegalArgumentException("hindcast.training.worker.platform-url was " + address
                    + ", expected an address with https: tokens of runs go over the internet");
        }
    }

    private static boolean isSafe(URI address) {
        return "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && LOOPBACK.contains(String.valueOf(address.getHost())));
    }

    private static IllegalArgumentException missing(String name, String expected) {
        return new IllegalArgumentException("hindcast.training.worker." + name
                + " was not set, expected with hindcast.training.worker.provider=vast: " + expected);
    }

    /** Returns a text without the key. */
    @Override
    public String toString() {
        return properties.toString();
    }
}
