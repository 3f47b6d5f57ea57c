package io.hindcast.artifacts;

/** The store works but does not have the artifact: it was purged, or was stored in another store. */
public final class MissingArtifactException extends ArtifactStoreException {

    private static final long serialVersionUID = 1L;

    MissingArtifactException(String where, Throwable cause) {
        super(
                "There is no " + where
                        + ". Check that this is the store it was put in, and restore it from a backup if it was lost.",
                cause);
    }
}
