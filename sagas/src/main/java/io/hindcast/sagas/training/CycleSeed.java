package io.hindcast.sagas.training;

import io.hindcast.api.market.Symbol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Derives a cycle's seed from its symbol and number, so that a repeated request trains the same model. */
final class CycleSeed {

    private CycleSeed() {}

    static long of(Symbol symbol, int cycle) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((symbol + "/" + cycle).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
