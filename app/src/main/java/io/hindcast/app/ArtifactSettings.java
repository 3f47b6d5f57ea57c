package io.hindcast.app;

import io.hindcast.artifacts.S3Connection;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of an external S3 store. Without a region, an embedded store is started on the data folder.
 *
 * @param region region of the external store; absent for the embedded one
 * @param endpoint address of the store; absent for AWS
 * @param accessKey access key; absent if the environment or the machine's role supplies it
 * @param secretKey secret key, from the environment (HINDCAST_ARTIFACTS_SECRETKEY) or a mounted file
 * @param bucket bucket of the artifacts
 */
@ConfigurationProperties("hindcast.artifacts")
record ArtifactSettings(
        @Nullable String region,
        @Nullable URI endpoint,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("hindcast") String bucket) {

    boolean isExternal() {
        return region != null;
    }

    Optional<S3Connection> connection() {
        return Optional.ofNullable(region).map(r -> new S3Connection(endpoint, r, accessKey, secretKey));
    }
}
