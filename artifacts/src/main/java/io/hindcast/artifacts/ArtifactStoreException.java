package io.hindcast.artifacts;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A failed call of the artifact store. The message names endpoint, bucket and key, the cause, and the remedy. */
public class ArtifactStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArtifactStoreException(String message) {
        super(message);
    }

    ArtifactStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ArtifactStoreException of(String failure, SdkException e) {
        if (e instanceof NoSuchBucketException) {
            return new ArtifactStoreException(
                    failure + ": there is no such bucket. Create it, or allow Hindcast to.", e);
        }
        if (e instanceof S3Exception answer && answer.statusCode() < 500 && answer.statusCode() != 429) {
            String code = answer.awsErrorDetails() == null
                    ? "HTTP " + answer.statusCode()
                    : answer.awsErrorDetails().errorCode() + ", HTTP " + answer.statusCode();
            String remedy = switch (answer.statusCode()) {
                case 401, 403 ->
                    "Check the access key, the secret, their rights on this bucket, and this machine's clock.";
                case 400, 404 -> "Check the endpoint, the region and the bucket's name.";
                default -> "The store's own log may have details.";
            };
            return new ArtifactStoreException(failure + ": the store refused (" + code + "). " + remedy, e);
        }
        return new ArtifactStoreUnavailableException(
                failure + ": the store does not answer (" + root(e) + "). Check that it runs and can be reached.", e);
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
