package io.hindcast.training.run;

import io.hindcast.api.training.TrainingRunId;
import io.hindcast.ml.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The token of one launch of one run: the run's identity, a dot and 256 random bits. Only its SHA-256 is recorded.
 *
 * @param run the run
 * @param text the whole token
 */
public record RunToken(TrainingRunId run, String text) {

    private static final int SECRET = 32;
    private static final int LONGEST = 200;

    /** Draws a new token. */
    public static RunToken draw(TrainingRunId run, SecureRandom random) {
        byte[] secret = new byte[SECRET];
        random.nextBytes(secret);
        String name = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(run.toString().getBytes(StandardCharsets.UTF_8));
        return new RunToken(
                run, name + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Reads a token; empty if it is none. */
    static Optional<RunToken> parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String run = new String(Base64.getUrlDecoder().decode(text.substring(0, dot)), StandardCharsets.UTF_8);
            return Optional.of(new RunToken(TrainingRunId.parse(run), text));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the SHA-256 of the token, 64 hexadecimal digits. */
    public String hash() {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Compares in constant time. */
    boolean hasHash(String expected) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns a text without the secret. */
    @Override
    public String toString() {
        return "token of " + run;
    }
}
