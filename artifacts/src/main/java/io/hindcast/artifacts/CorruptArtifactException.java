package io.hindcast.artifacts;

import io.hindcast.api.model.ArtifactRef;

/** The stored bytes do not match the digest. They are never used; another attempt gives the same result. */
public final class CorruptArtifactException extends ArtifactStoreException {

    private static final long serialVersionUID = 1L;

    CorruptArtifactException(String where, ArtifactRef expected, String foundSha256, String foundBytes) {
        super("Corrupt artifact " + where + ": expected sha-256 " + expected.sha256() + " of " + expected.bytes()
                + " bytes, found " + foundSha256 + " of " + foundBytes
                + " bytes. It was not used. Restore it from a backup, or train the version anew.");
    }
}
