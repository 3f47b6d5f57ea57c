package io.hindcast.training.run;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.ml.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Stores a worker's bundle: streamed through a file, limited in size, its digest checked. */
final class BundleUpload {

    private static final int BUFFER = 64 << 10;

    private final ArtifactStore artifacts;
    private final long limit;

    /** @param limit largest bundle, bytes */
    BundleUpload(ArtifactStore artifacts, long limit) {
        this.artifacts = artifacts;
        this.limit = limit;
    }

    /**
     * Stores a bundle. Repeating changes nothing.
     *
     * @param sha256 announced digest
     * @throws RunRefusedException if the content is too large, or has another digest
     * @throws IOException if the content ends early, or the file cannot be written
     */
    ArtifactRef store(String sha256, InputStream content) throws IOException {
        Path file = Files.createTempFile("hindcast-bundle-", ".zip");
        try {
            MessageDigest digest = Sha256.digest();
            copy(content, file, digest);
            String found = Sha256.hex(digest);
            if (!found.equals(sha256)) {
                throw new RunRefusedException(
                        RunRefusedException.Kind.BAD_CONTENT,
                        "the bundle has the digest " + found + ", expected " + sha256 + " as announced");
            }
            return artifacts.put(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void copy(InputStream content, Path file, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                size += n;
                if (size > limit) {
                    throw new RunRefusedException(
                            RunRefusedException.Kind.TOO_LARGE,
                            "the bundle has more than " + limit + " bytes (hindcast.training.worker.max-bundle)");
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
    }
}
