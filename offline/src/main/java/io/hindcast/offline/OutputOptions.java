package io.hindcast.offline;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of the output, shared by {@code train} and {@code evaluate}. */
final class OutputOptions {

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder to which the results are written at the end; created if missing.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--force", description = "Overwrites results that are already in the folder.")
    private boolean force;

    @Option(names = "--debug", description = "Shows where in the program a failure happened.")
    boolean debug;

    OutputFolder open(List<String> files) {
        return OutputFolder.at(folder, files, force);
    }
}
