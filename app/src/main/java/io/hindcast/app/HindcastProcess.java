package io.hindcast.app;

import io.hindcast.app.local.DataFolder;
import io.hindcast.app.local.DiskWatch;
import io.hindcast.app.local.LocalParts;
import io.hindcast.app.role.Role;
import io.hindcast.app.role.RolesRule;
import io.hindcast.app.store.EventStoreKind;
import io.hindcast.console.Console;
import io.hindcast.console.Logging;
import io.hindcast.console.StartFailure;
import io.hindcast.runtime.SupervisedLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** A running Hindcast: its data folder, its local parts and the Spring application, started and stopped in order. */
public final class HindcastProcess implements AutoCloseable {

    /** Any free one. */
    public static final int ANY_PORT = 0;

    private final @Nullable DataFolder folder;
    private final @Nullable LocalParts local;
    private final @Nullable DiskWatch disk;
    private final ConfigurableApplicationContext context;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended;
    private final AtomicReference<@Nullable String> lost;

    private HindcastProcess(
            @Nullable DataFolder folder,
            @Nullable LocalParts local,
            @Nullable DiskWatch disk,
            ConfigurableApplicationContext context,
            CountDownLatch ended,
            AtomicReference<@Nullable String> lost) {
        this.folder = folder;
        this.local = local;
        this.disk = disk;
        this.context = context;
        this.ended = ended;
        this.lost = lost;
    }

    /**
     * Starts everything.
     *
     * @param folder held from now on and closed with the process, also if it does not start; null if nothing is kept
     *     here
     * @param properties Spring properties that the command line gave; they beat every other source
     */
    public static HindcastProcess start(
            @Nullable DataFolder folder, Map<String, String> properties, Console console, boolean verbose) {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<@Nullable String> lost = new AtomicReference<>();
        AtomicReference<@Nullable LocalParts> local = new AtomicReference<>();
        try {
            checkPort(properties);
            Consumer<Environment> beginLocalParts = environment -> {
                if (folder != null) {
                    boolean database =
                            environment.getProperty("hindcast.database.url", "").isBlank();
                    boolean store = environment.getProperty("hindcast.artifacts.region") == null;
                    local.set(LocalParts.begin(folder, database, store, why -> {
                        lost.set(why);
                        ended.countDown();
                    }));
                }
            };
            ConfigurableApplicationContext context = application(folder, beginLocalParts, local, console, verbose)
                    .run(arguments(properties));
            DiskWatch disk = folder == null ? null : DiskWatch.of(folder, context.getBean(SupervisedLoop.Ground.class));
            return new HindcastProcess(folder, local.get(), disk, context, ended, lost);
        } catch (RuntimeException | Error e) {
            closeAll(local.get(), folder);
            throw e;
        }
    }

    private static SpringApplication application(
            @Nullable DataFolder folder,
            Consumer<Environment> beginLocalParts,
            AtomicReference<@Nullable LocalParts> local,
            Console console,
            boolean verbose) {
        SpringApplication application = new SpringApplication(HindcastApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("logging.threshold.console", verbose ? "INFO" : "OFF");
        if (folder != null) {
            defaults.put("logging.file.name", logFile(folder).toString());
            defaults.put("management.health.diskspace.path", folder.root().toString());
            defaults.put("hindcast.history.cache-dir", folder.folder("cache").toString());
            defaults.put(
                    "hindcast.training.trl.model-cache",
                    folder.root().resolve("models").toString());
            defaults.put(
                    "hindcast.news.saved-pages",
                    folder.root().resolve("unrecognised-pages").toString());
        }
        application.setDefaultProperties(defaults);
        application.addInitializers((ApplicationContextInitializer<ConfigurableApplicationContext>) context -> {
            settleStore(context.getEnvironment());
            if (!verbose) {
                Logging.keepOwnFailuresOffTheConsole();
            }
            context.getBeanFactory().registerSingleton("console", console);
            // not before logging is set up: they log
            beginLocalParts.accept(context.getEnvironment());
            LocalParts begun = local.get();
            if (begun != null) {
                context.getBeanFactory().registerSingleton("localParts", begun);
            }
        });
        return application;
    }

    /** Where a process on this folder logs. */
    public static Path logFile(DataFolder folder) {
        return folder.folder("logs").resolve("hindcast.log");
    }

    /**
     * Checks roles against the store, and turns Axon Server's connector on or off with it. Without the graphql wing
     * there is no schema either, which nobody could wire.
     */
    private static void settleStore(ConfigurableEnvironment environment) {
        EventStoreKind kind = EventStoreKind.parse(environment.getProperty(EventStoreKind.PROPERTY, "postgres"));
        Set<Role> roles = Role.parse(environment.getProperty(Role.PROPERTY, ""));
        RolesRule.check(roles, kind);
        Map<String, Object> settled = new LinkedHashMap<>();
        settled.put(EventStoreKind.PROPERTY, kind.toString());
        settled.put("axon.axonserver.enabled", kind == EventStoreKind.AXON_SERVER);
        if (!roles.contains(Role.GRAPHQL)) {
            settled.put("spring.graphql.schema.locations", "classpath:no-graphql-here/");
        }
        environment.getPropertySources().addFirst(new MapPropertySource("hindcast-store", settled));
    }

    /** Before anything heavy starts: a port that is taken. */
    private static void checkPort(Map<String, String> properties) {
        int port = Integer.parseInt(properties.getOrDefault("server.port", "0"));
        if (port == ANY_PORT) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(
                    InetAddress.getByName(properties.getOrDefault("server.address", "127.0.0.1")), port));
        } catch (java.net.BindException e) {
            throw new StartFailure(PortInUse.message(port), e);
        } catch (IOException e) {
            throw new StartFailure(
                    "Port " + port + " cannot be listened on: " + e.getMessage() + ". Choose another one with --port.",
                    e);
        }
    }

    private static String[] arguments(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** The wings that run in it. */
    public Set<Role> roles() {
        return Role.parse(context.getEnvironment().getProperty(Role.PROPERTY, ""));
    }

    /** The port it listens on. */
    public int port() {
        return context instanceof WebServerApplicationContext web && web.getWebServer() != null
                ? web.getWebServer().getPort()
                : -1;
    }

    /** Waits until it was closed, or could not go on; then why is in the failure. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
        String why = lost.get();
        if (why != null) {
            throw new StartFailure(why);
        }
    }

    /** True once it is being stopped. */
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
                closeAll(local, folder);
                ended.countDown();
            }
        }
    }

    private static void closeAll(@Nullable LocalParts local, @Nullable DataFolder folder) {
        if (local != null) {
            local.close();
        }
        if (folder != null) {
            folder.close();
        }
    }
}
