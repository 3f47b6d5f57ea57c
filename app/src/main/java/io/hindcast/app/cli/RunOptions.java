package io.hindcast.app.cli;

import io.hindcast.app.axon.EventStoreKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that run the platform. */
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
                    "Folder of all stored data; a start with the same folder continues where the last run stopped. Default:"
                            + " a folder for the market under .hindcast in the current directory.")
    @Nullable Path dataDir;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "Sets any property of the platform, such as hindcast.event-store=axon-server. May be repeated.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--exit-when-ready",
            description = "Stops as soon as predictions are being recorded, to measure how long that takes.")
    boolean exitWhenReady;

    @Option(names = "--verbose", description = "Prints the log to the console as well as to the data folder.")
    boolean verbose;

    @Option(names = "--debug", description = "Prints the stack trace of a failure.")
    boolean debug;

    /** Returns where the log is. A data folder's read models and tokens belong to one log only. */
    EventStoreKind eventStore() {
        return EventStoreKind.parse(settings.getOrDefault(EventStoreKind.PROPERTY, "postgres"));
    }

    /** Returns the options as Spring properties. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("server.port", Integer.toString(port));
        return properties;
    }
}
