package io.hindcast.artifacts;

/** The store did not answer, or closed the connection, after all retries; the same call may succeed later. */
public final class ArtifactStoreUnavailableException extends ArtifactStoreException {

    private static final long serialVersionUID = 1L;

    ArtifactStoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
