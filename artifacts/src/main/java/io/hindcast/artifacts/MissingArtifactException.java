package io.hindcast.artifacts;

/** The store works and has no such artifact: it was purged, or this is another store than the one it was put in. */
public final class MissingArtifactException extends ArtifactStoreException {

    private static final long serialVersionUID = 1L;

    MissingArtifactException(String where, Throwable cause) {
        super(
                "There is no " + where
                        + ". Check that this is the store it was put in, and restore it from a backup if it was lost.",
                cause);
    }
}
