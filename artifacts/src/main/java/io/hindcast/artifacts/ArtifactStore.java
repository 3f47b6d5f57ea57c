package io.hindcast.artifacts;

import io.hindcast.api.model.ArtifactRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A content-addressed store in one bucket of any S3 service. An artifact has the key {@code artifacts/<first 2
 * digits>/<sha256>}. Its name is its digest, so equal content is stored once, nothing is ever overwritten with other
 * content, and a read returns exactly the stored bytes or throws a {@link CorruptArtifactException}.
 *
 * <p>Thread-safe. Every call is bounded by the client's timeouts and retries (see {@link S3Connection}); a failure is
 * an {@link ArtifactStoreException} that names the place, the cause and the remedy.
 */
public final class ArtifactStore {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactStore.class);
    private static final int CONDITIONAL_PUT_ATTEMPTS = 3;
    private static final int BUFFER = 64 << 10;
    private static final int LARGE = 64 << 10;

    /** Reaction to a bucket that does not exist. */
    public enum MissingBucket {
        /** Create it, as for the embedded store. */
        CREATE,
        /** Fail, as for a store with an administrator of its own. */
        REFUSE
    }

    private final S3Client s3;
    private final String bucket;
    private final MissingBucket missingBucket;
    private final String endpoint;

    public ArtifactStore(S3Client s3, String bucket, MissingBucket missingBucket) {
        this.s3 = s3;
        this.bucket = bucket;
        this.missingBucket = missingBucket;
        this.endpoint = s3.serviceClientConfiguration()
                .endpointOverride()
                .map(Object::toString)
                .orElse("AWS " + s3.serviceClientConfiguration().region());
    }

    /** Returns an artifact's key in the bucket. */
    public static String key(ArtifactRef ref) {
        return "artifacts/" + ref.sha256().substring(0, 2) + "/" + ref.sha256();
    }

    /** Stores bytes unless they are stored already. A damaged copy in the store is replaced. */
    public ArtifactRef put(byte[] content) {
        MessageDigest digest = sha256();
        digest.update(content);
        return put(RequestBody.fromBytes(content), digest.digest(), content.length);
    }

    /**
     * Stores a file's bytes unless they are stored already. The file must not change in the meantime; if it does, the
     * store refuses it.
     */
    public ArtifactRef put(Path file) throws IOException {
        MessageDigest digest = sha256();
        long size;
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            size = in.transferTo(OutputStream.nullOutputStream());
        }
        return put(RequestBody.fromFile(file), digest.digest(), size);
    }

    private ArtifactRef put(RequestBody body, byte[] digest, long size) {
        ArtifactRef ref = new ArtifactRef(HexFormat.of().formatHex(digest), size);
        String checksum = Base64.getEncoder().encodeToString(digest);
        boolean overwrite = false;
        if (size > LARGE) {
            // The client loses an answer that comes before a large body was sent, such as that it exists already.
            check();
            switch (stored(ref)) {
                case INTACT -> {
                    return ref;
                }
                case DAMAGED -> overwrite = true;
                case MISSING -> {}
            }
        }
        for (int attempt = 1; ; attempt++) {
            try {
                String condition = overwrite ? null : "*";
                s3.putObject(
                        request -> request.bucket(bucket)
                                .key(key(ref))
                                .ifNoneMatch(condition)
                                .checksumSHA256(checksum),
                        body);
                return ref;
            } catch (NoSuchBucketException e) {
                if (missingBucket == MissingBucket.REFUSE || attempt >= CONDITIONAL_PUT_ATTEMPTS) {
                    throw failed("store", ref, e);
                }
                createBucket();
            } catch (S3Exception e) {
                // 412: the object exists. 409: another writer is storing it at this moment.
                boolean taken = e.statusCode() == 412 || e.statusCode() == 409;
                if (!taken || attempt >= CONDITIONAL_PUT_ATTEMPTS) {
                    throw failed("store", ref, e);
                }
                switch (stored(ref)) {
                    case INTACT -> {
                        return ref;
                    }
                    case DAMAGED -> {
                        LOG.warn("{} in bucket {} at {} is damaged; storing it again", key(ref), bucket, endpoint);
                        overwrite = true;
                    }
                    case MISSING -> {}
                }
            } catch (SdkException e) {
                throw failed("store", ref, e);
            }
        }
    }

    private enum Stored {
        INTACT,
        DAMAGED,
        MISSING
    }

    private Stored stored(ArtifactRef ref) {
        try {
            copy(ref, OutputStream.nullOutputStream());
            return Stored.INTACT;
        } catch (CorruptArtifactException e) {
            return Stored.DAMAGED;
        } catch (MissingArtifactException e) {
            return Stored.MISSING;
        }
    }

    /**
     * Returns the artifact's bytes, verified against its digest.
     *
     * @throws MissingArtifactException if the store does not have it
     * @throws CorruptArtifactException if the stored bytes do not match the digest
     * @throws ArtifactStoreException if the store refuses or does not answer
     */
    public byte[] get(ArtifactRef ref) {
        if (ref.bytes() > Integer.MAX_VALUE - 16) {
            throw new ArtifactStoreException("Artifact " + ref.sha256() + " has " + ref.bytes()
                    + " bytes, which is more than fit in memory at once");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream((int) ref.bytes());
        copy(ref, content);
        return content.toByteArray();
    }

    /**
     * Copies the artifact's bytes, which are verified only at the end: what was written before an exception is not the
     * artifact.
     *
     * @throws MissingArtifactException if the store does not have it; nothing was written
     * @throws CorruptArtifactException if the stored bytes do not match the digest
     * @throws ArtifactStoreException if the store refuses or does not answer
     * @throws UncheckedIOException if {@code out} fails
     */
    public void copy(ArtifactRef ref, OutputStream out) {
        MessageDigest digest = sha256();
        long copied = 0;
        boolean longer = false;
        byte[] buffer = new byte[BUFFER];
        try (ResponseInputStream<GetObjectResponse> in =
                s3.getObject(request -> request.bucket(bucket).key(key(ref)))) {
            for (int n = in.read(buffer); n >= 0 && !longer; n = in.read(buffer)) {
                copied += n;
                longer = copied > ref.bytes();
                digest.update(buffer, 0, n);
                if (!longer) {
                    write(out, buffer, n);
                }
            }
            if (longer) {
                in.abort();
            }
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            throw new MissingArtifactException(where(ref), e);
        } catch (SdkException e) {
            throw failed("load", ref, e);
        } catch (IOException e) {
            throw new ArtifactStoreUnavailableException(
                    "Could not load " + where(ref) + ": the connection broke (" + e.getMessage() + "). Try again.", e);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (longer || copied < ref.bytes() || !found.equals(ref.sha256())) {
            String size = longer ? "more than " + ref.bytes() : String.valueOf(copied);
            throw new CorruptArtifactException(where(ref), ref, found, size);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int n) {
        try {
            out.write(buffer, 0, n);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the store has an artifact of this digest and size; only {@link #get} verifies its content. */
    public boolean exists(ArtifactRef ref) {
        try {
            return s3.headObject(request -> request.bucket(bucket).key(key(ref)))
                            .contentLength()
                    == ref.bytes();
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return false;
        } catch (SdkException e) {
            throw failed("look for", ref, e);
        }
    }

    /** Deletes an artifact; does nothing if it does not exist. */
    public void delete(ArtifactRef ref) {
        try {
            s3.deleteObject(request -> request.bucket(bucket).key(key(ref)));
        } catch (NoSuchBucketException e) {
            LOG.debug("{} does not exist, so nothing is deleted", where(ref));
        } catch (SdkException e) {
            throw failed("delete", ref, e);
        }
    }

    /** Checks that the store answers and grants access, and creates a missing bucket if configured to. */
    public void check() {
        try {
            s3.headBucket(request -> request.bucket(bucket));
        } catch (NoSuchBucketException e) {
            if (missingBucket == MissingBucket.REFUSE) {
                throw ArtifactStoreException.of("Could not use " + where(), e);
            }
            createBucket();
        } catch (SdkException e) {
            throw ArtifactStoreException.of("Could not use " + where(), e);
        }
    }

    private void createBucket() {
        try {
            s3.createBucket(request -> request.bucket(bucket));
            LOG.info("Created {}", where());
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
            LOG.debug("{} was created by another process", where());
        } catch (SdkException e) {
            throw ArtifactStoreException.of("Could not create " + where(), e);
        }
    }

    private ArtifactStoreException failed(String action, ArtifactRef ref, SdkException e) {
        return ArtifactStoreException.of("Could not " + action + " " + where(ref), e);
    }

    private String where() {
        return "bucket " + bucket + " at " + endpoint;
    }

    private String where(ArtifactRef ref) {
        return key(ref) + " in " + where();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
