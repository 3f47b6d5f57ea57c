package io.hindcast.artifacts;

import io.hindcast.api.model.ArtifactRef;

/** What the store gave is not what was put in. It is never used; trying again gives the same. */
public final class CorruptArtifactException extends ArtifactStoreException {

    private static final long serialVersionUID = 1L;

    CorruptArtifactException(String where, ArtifactRef expected, String foundSha256, String foundBytes) {
        super("Corrupt artifact " + where + ": expected sha-256 " + expected.sha256() + " of " + expected.bytes()
                + " bytes, found " + foundSha256 + " of " + foundBytes
                + " bytes. It was not used. Restore it from a backup, or train the version anew.");
    }
}
