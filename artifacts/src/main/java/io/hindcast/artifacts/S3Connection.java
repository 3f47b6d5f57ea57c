package io.hindcast.artifacts;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Address and credentials of an S3 service.
 *
 * @param endpoint of the store; null for AWS itself
 * @param region any name for a store without regions
 * @param accessKey null for AWS's default chain (environment, mounted files, instance role)
 * @param secretKey null if and only if {@code accessKey} is
 */
public record S3Connection(
        @Nullable URI endpoint,
        String region,
        @Nullable String accessKey,
        @Nullable String secretKey) {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration ATTEMPT = Duration.ofMinutes(1);
    private static final Duration CALL = Duration.ofMinutes(2);
    private static final int ATTEMPTS = 4;

    public S3Connection {
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "S3 access key and secret go together: expected both or neither, got only the "
                            + (accessKey == null ? "secret" : "access key"));
        }
    }

    /**
     * Returns a client each of whose calls ends within two minutes: 3 s to connect, 20 s without data, at most 4
     * attempts. The caller closes it.
     */
    public S3Client open() {
        return open(CONNECT, SILENCE, ATTEMPT, CALL);
    }

    S3Client open(Duration connect, Duration silence, Duration attempt, Duration call) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(endpoint != null)
                .region(Region.of(region))
                .credentialsProvider(credentials())
                // Not every store supports the checksums that the SDK adds by default; ours are explicit.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(connect)
                        .socketTimeout(silence))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(attempt)
                        .apiCallTimeout(call)
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(ATTEMPTS)
                                .build()))
                .build();
    }

    private AwsCredentialsProvider credentials() {
        if (accessKey == null || secretKey == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return "S3 at " + (endpoint == null ? "AWS " + region : endpoint);
    }
}
