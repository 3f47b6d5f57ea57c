package io.hindcast.app.cli;

import io.hindcast.app.store.EventStoreKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of everything that runs the platform. */
final class RunOptions {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the dashboard and the API, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description =
                    "Where everything lasting is kept; starting again with the same folder goes on where it was. Default:"
                            + " a folder of the market's under .hindcast, here.")
    @Nullable Path dataDir;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "Sets any setting of the platform, such as hindcast.event-store=axon-server. May be repeated.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--exit-when-ready",
            description = "Stops as soon as predictions are being recorded: to measure how long that takes.")
    boolean exitWhenReady;

    @Option(names = "--verbose", description = "Shows the log on the console, not only in the data folder.")
    boolean verbose;

    @Option(names = "--debug", description = "Shows where in the program a failure happened.")
    boolean debug;

    /** Where the log is; a data folder's read models and places in the log are of one log only. */
    EventStoreKind eventStore() {
        return EventStoreKind.parse(settings.getOrDefault(EventStoreKind.PROPERTY, "postgres"));
    }

    /** As Spring properties. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("server.port", Integer.toString(port));
        return properties;
    }
}
