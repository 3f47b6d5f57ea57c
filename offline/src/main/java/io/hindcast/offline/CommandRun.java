package io.hindcast.offline;

import io.hindcast.console.Console;
import io.hindcast.console.ConsoleProgress;
import java.util.List;

/**
 * The course that {@code train} and {@code evaluate} share: opens the output first, so that a long run does not fail at
 * its end, works until it is done or cancelled by Ctrl-C, and prints the files written.
 */
final class CommandRun {

    private CommandRun() {}

    /** The work of a command. */
    @FunctionalInterface
    interface Work {
        /** Called once, on the command's thread; writes all files or, if it throws, none. */
        void run(MarketArchive archive, OutputFolder out, RunContext context);
    }

    /**
     * Runs a command.
     *
     * @param files names of the files that it writes
     */
    static void run(Console console, MarketOptions market, OutputOptions output, List<String> files, Work work) {
        OutputFolder out = output.open(files);
        try (Cancellation cancellation = Cancellation.onInterrupt(console)) {
            MarketArchive archive = market.open(console);
            work.run(
                    archive,
                    out,
                    new RunContext(console, new ConsoleProgress(console), cancellation, System::nanoTime));
            files.forEach(file -> console.line("Wrote " + out.resolve(file)));
        }
    }
}
