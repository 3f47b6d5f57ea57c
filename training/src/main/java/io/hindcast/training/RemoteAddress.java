package io.hindcast.training;

import java.net.URI;
import java.util.Optional;

/** Checks the address by which workers on other machines reach this process. */
final class RemoteAddress {

    private static final String SETTING = "hindcast.training.worker.platform-url";

    private RemoteAddress() {}

    /**
     * @param provider source of machines, for people
     * @throws IllegalArgumentException if there is no address, or it cannot be one for other machines
     */
    static void check(Optional<URI> address, String provider) {
        String expected = ", expected the address by which workers of provider " + provider
                + " reach this platform, such as http://hindcast.hindcast.svc:8080";
        URI found = address.orElseThrow(() -> new IllegalArgumentException(SETTING + " is not set" + expected));
        String host = found.getHost();
        String scheme = found.getScheme();
        if (host == null || scheme == null || !scheme.matches("https?")) {
            throw new IllegalArgumentException(SETTING + " was '" + found + "'" + expected);
        }
        if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]") || host.equals("0.0.0.0")) {
            throw new IllegalArgumentException(
                    SETTING + " was '" + found + "', which is the worker's own machine" + expected);
        }
    }
}
