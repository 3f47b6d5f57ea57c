package io.hindcast.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 service in this process, on a folder: {@code objects/} has one folder per bucket,
 * {@code credentials.properties} the generated keys. It listens on the loopback address only and requires signed
 * requests like any other service.
 *
 * <p>A completed put survives any end of the process. It is not forced to disk, so a power failure may truncate the
 * newest objects, which {@link ArtifactStore#get} then reports.
 */
public final class EmbeddedS3 implements AutoCloseable {

    public static final String REGION = "us-east-1";

    private static final int MAX_THREADS = 24;

    private final S3Proxy proxy;
    private final S3Connection connection;

    private EmbeddedS3(S3Proxy proxy, S3Connection connection) {
        this.proxy = proxy;
        this.connection = connection;
    }

    /** Starts a store on a free port. */
    public static EmbeddedS3 start(Path folder) {
        return start(folder, 0);
    }

    /**
     * Starts a store.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException if the folder can't be used or the port is taken
     */
    public static EmbeddedS3 start(Path folder, int port) {
        Path objects = folder.resolve("objects");
        EmbeddedCredentials credentials;
        try {
            Files.createDirectories(objects);
            credentials = EmbeddedCredentials.in(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Could not use " + folder + " for the artifact store: " + describe(e)
                            + ". Make it writable, free some space, or choose another data folder.",
                    e);
        }
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(objects.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
                .jettyMaxThreads(MAX_THREADS)
                // A put becomes visible by a rename at its end, so an interrupted one leaves nothing behind.
                .stopTimeout(0)
                .build();
        try {
            proxy.start();
        } catch (Exception e) {
            stop(proxy, e);
            throw new UncheckedIOException(
                    "Could not start the artifact store on 127.0.0.1:" + port + ": " + e.getMessage()
                            + ". Choose another port, or 0 for any free one.",
                    e instanceof IOException io ? io : new IOException(e));
        }
        return new EmbeddedS3(
                proxy,
                new S3Connection(
                        URI.create("http://127.0.0.1:" + proxy.getPort()),
                        REGION,
                        credentials.accessKey(),
                        credentials.secretKey()));
    }

    /** Returns the connection with which clients reach this store. */
    public S3Connection connection() {
        return connection;
    }

    public int port() {
        return proxy.getPort();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The artifact store did not stop cleanly: " + e.getMessage(), e);
        }
    }

    private static void stop(S3Proxy proxy, Exception reason) {
        try {
            proxy.stop();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    private static String describe(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
