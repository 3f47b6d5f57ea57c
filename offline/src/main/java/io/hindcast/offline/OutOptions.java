package io.hindcast.offline;

import io.hindcast.console.Console;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where results go. */
final class OutOptions {

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder that the results are written to at the end; made if it is not there.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    Path folder;

    @Option(names = "--force", description = "Overwrites results that are in the folder already.")
    boolean force;

    @Option(names = "--debug", description = "Shows where in the program a failure happened.")
    boolean debug;

    OutputFolder open(List<String> files) {
        return OutputFolder.at(folder, files, force);
    }

    void announce(Console console, OutputFolder written, List<String> files) {
        files.forEach(file -> console.line("Wrote " + written.resolve(file)));
    }
}
