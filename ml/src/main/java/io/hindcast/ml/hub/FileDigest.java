package io.hindcast.ml.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Digest of a file's content, as a hub states it in the entity tag: SHA-256 of large files, git's blob id of small
 * ones.
 *
 * @param hex 64 digits of SHA-256, or 40 of SHA-1 over git's header and the content
 */
record FileDigest(String hex) {

    private static final int BUFFER = 1 << 16;

    /** Returns the digest in an entity tag; empty if the tag is no digest. */
    static Optional<FileDigest> ofTag(String tag) {
        String bare = tag.replaceFirst("^W/", "").replace("\"", "").toLowerCase(Locale.ROOT);
        return bare.matches("[0-9a-f]{40}|[0-9a-f]{64}") ? Optional.of(new FileDigest(bare)) : Optional.empty();
    }

    /** Computes the digest of a file, of the same kind as this one. */
    FileDigest of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest hash = MessageDigest.getInstance(hex.length() == 64 ? "SHA-256" : "SHA-1");
            if (hex.length() == 40) {
                hash.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
            }
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
            return new FileDigest(HexFormat.of().formatHex(hash.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1 and SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return (hex.length() == 64 ? "sha-256 " : "git blob ") + hex;
    }
}
