package io.hindcast.training.compute;

import io.hindcast.ml.hash.Sha256;
import java.nio.charset.StandardCharsets;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * Short identity of a platform, which marks its machines among those of other platforms in the same cluster or account:
 * 10 hexadecimal digits. It is derived from the identifier that Axon's token store draws when it is created, so it
 * lasts as long as the database. A platform on a copy of a database has the identity of the original.
 *
 * @param value 10 hexadecimal digits
 */
public record PlatformId(String value) {

    private static final int DIGITS = 10;

    /** @throws IllegalStateException if the store has no identifier */
    public static PlatformId of(TokenStore tokens) {
        String identifier = tokens.retrieveStorageIdentifier()
                .orElseThrow(() -> new IllegalStateException("the token store " + tokens.getClass()
                        + " has no identifier, expected one: machines are labelled by it"));
        return new PlatformId(
                Sha256.hex(identifier.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS));
    }

    @Override
    public String toString() {
        return value;
    }
}
