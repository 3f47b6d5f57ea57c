package io.hindcast.app;

import io.hindcast.artifacts.S3Connection;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An S3 of somebody else's. Without a region one is started on the data folder.
 *
 * @param region which makes it one of somebody else's
 * @param endpoint unless it is AWS itself
 * @param accessKey unless the environment or the machine's role gives one
 * @param secretKey from the environment (HINDCAST_ARTIFACTS_SECRETKEY) or a mounted file
 * @param bucket that holds the artifacts
 */
@ConfigurationProperties("hindcast.artifacts")
record ArtifactSettings(
        @Nullable String region,
        @Nullable URI endpoint,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("hindcast") String bucket) {

    boolean isElsewhere() {
        return region != null;
    }

    Optional<S3Connection> connection() {
        return Optional.ofNullable(region).map(r -> new S3Connection(endpoint, r, accessKey, secretKey));
    }
}
