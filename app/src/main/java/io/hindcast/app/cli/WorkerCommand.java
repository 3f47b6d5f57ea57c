package io.hindcast.app.cli;

import io.hindcast.console.Logging;
import io.hindcast.worker.WorkerMain;
import io.hindcast.worker.WorkerOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hindcast worker}: does one training run for a platform. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Does one training run: reads its dataset from the platform, trains, uploads the model, and ends.",
            "The platform starts workers itself, and sets the token of the run in " + WorkerOptions.TOKEN + "."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the result was accepted",
            "3:memory ran out",
            "4:the run failed, and the platform has the reason",
            "5:the run is over, or belongs to another worker",
            "6:the platform did not answer"
        })
final class WorkerCommand implements Callable<Integer> {

    @Option(names = "--platform", paramLabel = "URL", required = true, description = "Address of the platform.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private URI platform;

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            description = "Name of the machine, by which the platform finds the process again.")
    @Nullable String machine;

    @Option(
            names = "--parent",
            paramLabel = "PID",
            description = "Process without which the worker ends, such as the platform's.")
    @Nullable Long parent;

    @Override
    public Integer call() {
        Logging.limit();
        return WorkerMain.run(platform, Optional.ofNullable(parent), System.getenv());
    }
}
