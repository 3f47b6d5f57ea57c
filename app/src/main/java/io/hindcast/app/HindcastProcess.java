package io.hindcast.app;

import io.hindcast.app.local.DataFolder;
import io.hindcast.app.local.DiskSpaceMonitor;
import io.hindcast.app.local.EmbeddedServices;
import io.hindcast.app.role.Role;
import io.hindcast.console.Console;
import io.hindcast.console.StartFailure;
import io.hindcast.runtime.SupervisedLoop;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running Hindcast: data folder, embedded services and Spring application, started and stopped in order. Thread-safe.
 */
public final class HindcastProcess implements AutoCloseable {

    private final @Nullable DataFolder folder;
    private final @Nullable EmbeddedServices services;
    private final @Nullable DiskSpaceMonitor disk;
    private final ConfigurableApplicationContext context;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Completes when the process is closed; fails if it cannot go on. */
    private final CompletableFuture<@Nullable Void> ended;

    private HindcastProcess(
            @Nullable DataFolder folder,
            @Nullable EmbeddedServices services,
            @Nullable DiskSpaceMonitor disk,
            ConfigurableApplicationContext context,
            CompletableFuture<@Nullable Void> ended) {
        this.folder = folder;
        this.services = services;
        this.disk = disk;
        this.context = context;
        this.ended = ended;
    }

    /**
     * Starts the process and blocks until the Spring application is up.
     *
     * @param folder data folder, owned by the process from now on and closed with it, even if the start fails; null if
     *     nothing is stored here
     * @param properties Spring properties from the command line, which override every other source
     * @param verbose whether the log also goes to the console
     */
    public static HindcastProcess start(
            @Nullable DataFolder folder, Map<String, String> properties, Console console, boolean verbose) {
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        HindcastSpringApplication application = new HindcastSpringApplication(
                folder, console, verbose, reason -> ended.completeExceptionally(new StartFailure(reason)));
        try {
            PortInUse.requireFree(properties);
            ConfigurableApplicationContext context = application.run(properties);
            DiskSpaceMonitor disk = folder == null
                    ? null
                    : DiskSpaceMonitor.start(folder, context.getBean(SupervisedLoop.Context.class));
            return new HindcastProcess(folder, application.services(), disk, context, ended);
        } catch (RuntimeException | Error e) {
            close(application.services(), folder);
            throw e;
        }
    }

    /** Returns the log file of a process on a data folder. */
    public static Path logFile(DataFolder folder) {
        return folder.folder("logs").resolve("hindcast.log");
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** Returns the roles that run in this process. */
    public Set<Role> roles() {
        return Role.parse(context.getEnvironment().getProperty(Role.PROPERTY, ""));
    }

    /** Returns the port of the web server, or -1 if there is none. */
    public int port() {
        return context instanceof WebServerApplicationContext web && web.getWebServer() != null
                ? web.getWebServer().getPort()
                : -1;
    }

    /**
     * Blocks until the process is closed.
     *
     * @throws StartFailure if the process cannot go on, with the reason
     */
    public void awaitEnd() throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StartFailure failure ? failure : new IllegalStateException(e);
        }
    }

    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                context.close();
            } finally {
                if (disk != null) {
                    disk.close();
                }
                close(services, folder);
                ended.complete(null);
            }
        }
    }

    private static void close(@Nullable EmbeddedServices services, @Nullable DataFolder folder) {
        if (services != null) {
            services.close();
        }
        if (folder != null) {
            folder.close();
        }
    }
}
