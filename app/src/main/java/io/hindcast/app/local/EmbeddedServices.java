package io.hindcast.app.local;

import io.hindcast.artifacts.EmbeddedS3;
import io.hindcast.artifacts.S3Connection;
import io.hindcast.console.StartFailure;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL server and artifact store of a data folder. Both start in the background while the rest of
 * the program loads; asking for one blocks until it has started.
 */
public final class EmbeddedServices implements AutoCloseable {

    private final DataFolder folder;
    private final @Nullable CompletableFuture<EmbeddedPostgres> postgres;
    private final @Nullable CompletableFuture<EmbeddedS3> artifacts;

    private EmbeddedServices(
            DataFolder folder,
            @Nullable CompletableFuture<EmbeddedPostgres> postgres,
            @Nullable CompletableFuture<EmbeddedS3> artifacts) {
        this.folder = folder;
        this.postgres = postgres;
        this.artifacts = artifacts;
    }

    /**
     * Starts the services in the background.
     *
     * @param folder owned by the caller, who closes it after the services
     * @param database whether to start PostgreSQL; false if an external one is used
     * @param store whether to start the artifact store; false if an external one is used
     * @param onDatabaseGivenUp receives the reason if PostgreSQL later fails for good
     */
    public static EmbeddedServices start(
            DataFolder folder, boolean database, boolean store, Consumer<String> onDatabaseGivenUp) {
        return new EmbeddedServices(
                folder,
                database ? startPostgres(folder.folder("postgres"), onDatabaseGivenUp) : null,
                store ? startArtifacts(folder.folder("artifacts")) : null);
    }

    private static CompletableFuture<EmbeddedPostgres> startPostgres(Path folder, Consumer<String> onDatabaseGivenUp) {
        return inBackground("start-postgres", () -> EmbeddedPostgres.start(folder, cache(), onDatabaseGivenUp));
    }

    private static CompletableFuture<EmbeddedS3> startArtifacts(Path folder) {
        return inBackground("start-artifacts", () -> EmbeddedS3.start(folder));
    }

    public DataFolder folder() {
        return folder;
    }

    /** Blocks until PostgreSQL accepts connections, and returns its address. */
    public DatabaseAddress database() {
        EmbeddedPostgres server = await(postgres);
        return new DatabaseAddress(server.url(), server.user(), server.password());
    }

    /** Blocks until the artifact store accepts requests, and returns its address. */
    public S3Connection artifacts() {
        return await(artifacts).connection();
    }

    @Override
    public void close() {
        closeWhenStarted(artifacts);
        closeWhenStarted(postgres);
    }

    /** Returns the folder for files that can be recreated, shared by all data folders of a user. */
    private static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("hindcast");
    }

    private static <T> CompletableFuture<T> inBackground(String name, Supplier<T> start) {
        CompletableFuture<T> started = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                started.complete(start.get());
            } catch (Throwable t) {
                started.completeExceptionally(t);
            }
        });
        return started;
    }

    private static <T> T await(@Nullable CompletableFuture<T> service) {
        if (service == null) {
            throw new IllegalStateException("this service is external and was not started here");
        }
        try {
            return service.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case StartFailure failure -> throw failure;
                case UncheckedIOException failure ->
                    throw new StartFailure(String.valueOf(failure.getMessage()), failure);
                case null, default -> throw e;
            }
        }
    }

    private static void closeWhenStarted(@Nullable CompletableFuture<? extends AutoCloseable> service) {
        if (service == null) {
            return;
        }
        // Null if the service failed to start.
        AutoCloseable started =
                service.<AutoCloseable>handle((value, failure) -> value).join();
        if (started == null) {
            return;
        }
        try {
            started.close();
        } catch (Exception e) {
            org.slf4j.LoggerFactory.getLogger(EmbeddedServices.class)
                    .warn("An embedded service did not stop cleanly", e);
        }
    }
}
