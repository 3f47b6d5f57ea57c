package io.hindcast.app;

import io.hindcast.app.axon.EventStoreKind;
import io.hindcast.app.local.DataFolder;
import io.hindcast.app.local.EmbeddedServices;
import io.hindcast.app.role.Role;
import io.hindcast.app.role.RoleValidator;
import io.hindcast.console.Console;
import io.hindcast.console.Logging;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * The Spring application of a process: its default properties, and the embedded services that start before its beans.
 */
final class HindcastSpringApplication {

    private final @Nullable DataFolder folder;
    private final Console console;
    private final boolean verbose;
    private final Consumer<String> onDatabaseGivenUp;
    private @Nullable EmbeddedServices services;

    /**
     * Creates an application that is not yet running.
     *
     * @param folder data folder; without one, no services are embedded
     * @param verbose whether the log also goes to the console
     * @param onDatabaseGivenUp receives the reason if the embedded database fails for good
     */
    HindcastSpringApplication(
            @Nullable DataFolder folder, Console console, boolean verbose, Consumer<String> onDatabaseGivenUp) {
        this.folder = folder;
        this.console = console;
        this.verbose = verbose;
        this.onDatabaseGivenUp = onDatabaseGivenUp;
    }

    /** Starts the application; called once. */
    ConfigurableApplicationContext run(Map<String, String> properties) {
        SpringApplication application = new SpringApplication(HindcastApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(defaults());
        application.addInitializers((ApplicationContextInitializer<ConfigurableApplicationContext>) this::initialize);
        return application.run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new));
    }

    /** Returns the embedded services, or null if there are none or they have not been started. */
    @Nullable EmbeddedServices services() {
        return services;
    }

    private Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("logging.threshold.console", verbose ? "INFO" : "OFF");
        if (folder != null) {
            defaults.put("logging.file.name", HindcastProcess.logFile(folder).toString());
            defaults.put("management.health.diskspace.path", folder.root().toString());
            defaults.put("hindcast.history.cache-dir", folder.folder("cache").toString());
            defaults.put(
                    "hindcast.training.trl.model-cache",
                    folder.root().resolve("models").toString());
            defaults.put(
                    "hindcast.news.saved-pages",
                    folder.root().resolve("unrecognised-pages").toString());
        }
        return defaults;
    }

    private void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        UnknownSettings.refuse(environment);
        applyEventStore(environment);
        if (!verbose) {
            Logging.keepOwnFailuresOffTheConsole();
        }
        context.getBeanFactory().registerSingleton("console", console);
        // Not earlier: the services log, and logging is only set up now.
        if (folder != null) {
            services = startServices(folder, environment);
            context.getBeanFactory().registerSingleton("embeddedServices", services);
        }
    }

    private EmbeddedServices startServices(DataFolder onFolder, Environment environment) {
        boolean database = environment.getProperty("hindcast.database.url", "").isBlank();
        boolean store = environment.getProperty("hindcast.artifacts.region") == null;
        return EmbeddedServices.start(onFolder, database, store, onDatabaseGivenUp);
    }

    /**
     * Checks that the roles can run on the event store, and enables or disables Axon Server's connector. Without the
     * graphql role there is no schema either, since nothing could be wired to it.
     */
    private static void applyEventStore(ConfigurableEnvironment environment) {
        EventStoreKind kind = EventStoreKind.parse(environment.getProperty(EventStoreKind.PROPERTY, "postgres"));
        Set<Role> roles = Role.parse(environment.getProperty(Role.PROPERTY, ""));
        RoleValidator.check(roles, kind);
        Map<String, Object> resolved = new LinkedHashMap<>();
        resolved.put(EventStoreKind.PROPERTY, kind.toString());
        resolved.put("axon.axonserver.enabled", kind == EventStoreKind.AXON_SERVER);
        if (!roles.contains(Role.GRAPHQL)) {
            resolved.put("spring.graphql.schema.locations", "classpath:no-graphql-here/");
        }
        environment.getPropertySources().addFirst(new MapPropertySource("hindcast-store", resolved));
    }
}
