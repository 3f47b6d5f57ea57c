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
 * PostgreSQL and the artifact store on a data folder. Both start in the background while the rest of the program loads;
 * whoever asks for one waits until it is there.
 */
public final class LocalParts implements AutoCloseable {

    private final DataFolder folder;
    private final @Nullable CompletableFuture<LocalPostgres> postgres;
    private final @Nullable CompletableFuture<EmbeddedS3> artifacts;

    private LocalParts(
            DataFolder folder,
            @Nullable CompletableFuture<LocalPostgres> postgres,
            @Nullable CompletableFuture<EmbeddedS3> artifacts) {
        this.folder = folder;
        this.postgres = postgres;
        this.artifacts = artifacts;
    }

    /**
     * Begins to start them.
     *
     * @param folder held by the caller, who closes it after these
     * @param database whether PostgreSQL is wanted, or there is one elsewhere
     * @param store whether the artifact store is wanted, or there is one elsewhere
     * @param onLost told why, if PostgreSQL is lost for good later
     */
    public static LocalParts begin(DataFolder folder, boolean database, boolean store, Consumer<String> onLost) {
        return new LocalParts(
                folder,
                database ? startPostgres(folder.folder("postgres"), onLost) : null,
                store ? startArtifacts(folder.folder("artifacts")) : null);
    }

    private static CompletableFuture<LocalPostgres> startPostgres(Path folder, Consumer<String> onLost) {
        return inBackground("start-postgres", () -> LocalPostgres.start(folder, cache(), onLost));
    }

    private static CompletableFuture<EmbeddedS3> startArtifacts(Path folder) {
        return inBackground("start-artifacts", () -> EmbeddedS3.start(folder));
    }

    public DataFolder folder() {
        return folder;
    }

    /** PostgreSQL, once it accepts connections. */
    public DatabaseAddress database() {
        LocalPostgres server = await(postgres);
        return new DatabaseAddress(server.url(), server.user(), server.password());
    }

    /** The artifact store, once it accepts requests. */
    public S3Connection artifacts() {
        return await(artifacts).connection();
    }

    @Override
    public void close() {
        closeWhenStarted(artifacts);
        closeWhenStarted(postgres);
    }

    /** Where things that can be had again are kept, for all data folders of a user. */
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

    private static <T> T await(@Nullable CompletableFuture<T> part) {
        if (part == null) {
            throw new IllegalStateException("asked for a part that was said to be elsewhere");
        }
        try {
            return part.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case StartFailure failure -> throw failure;
                case UncheckedIOException failure ->
                    throw new StartFailure(String.valueOf(failure.getMessage()), failure);
                case null, default -> throw e;
            }
        }
    }

    private static void closeWhenStarted(@Nullable CompletableFuture<? extends AutoCloseable> part) {
        if (part == null) {
            return;
        }
        // null if it never started
        AutoCloseable started =
                part.<AutoCloseable>handle((value, failure) -> value).join();
        if (started == null) {
            return;
        }
        try {
            started.close();
        } catch (Exception e) {
            org.slf4j.LoggerFactory.getLogger(LocalParts.class).warn("Did not stop cleanly", e);
        }
    }
}
