package io.hindcast.api.model;

import java.util.regex.Pattern;

/**
 * A reference to an artifact by its content. A loader checks that the bytes have this digest.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param bytes size
 */
public record ArtifactRef(String sha256, long bytes) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ArtifactRef {
        if (!FORM.matcher(sha256).matches() || bytes < 0) {
            throw new IllegalArgumentException(
                    "artifact " + sha256 + " of " + bytes + " bytes: expected a sha-256 and a size");
        }
    }
}
