package io.hindcast.app.cli;

import io.hindcast.app.PortInUse;
import io.hindcast.app.cli.remote.BackfillCommand;
import io.hindcast.app.cli.remote.CompareCommand;
import io.hindcast.app.cli.remote.CyclesCommand;
import io.hindcast.app.cli.remote.ModelsCommand;
import io.hindcast.app.cli.remote.ReplayCommand;
import io.hindcast.app.cli.remote.UnreachableException;
import io.hindcast.console.Console;
import io.hindcast.console.FailureLine;
import io.hindcast.offline.ArchiveCommand;
import io.hindcast.offline.EvaluateCommand;
import io.hindcast.offline.TrainCommand;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hindcast}, the parent of all subcommands. */
@Command(
        name = "hindcast",
        mixinStandardHelpOptions = true,
        versionProvider = HindcastCommand.Version.class,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ArchiveCommand.class,
            ModelsCommand.class,
            CyclesCommand.class,
            BackfillCommand.class,
            ReplayCommand.class,
            CompareCommand.class,
            WorkerCommand.class,
            CommandLine.HelpCommand.class
        },
        description =
                "Runs models on a market and records every prediction: what each version predicted, on which data, what it"
                        + " was worth, and whether a replay predicts the same.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Try it:",
            "  hindcast demo                                  a generated market, nothing to download",
            "  hindcast demo --archive candles.csv.gz         a recorded market, played like a live one",
            "  hindcast demo --archive candles.csv.gz --news articles.jsonl.gz",
            "                                                 … with the articles of that time",
            "  hindcast up --symbols BTCUSDT,ETHUSDT          the live market",
            "  hindcast train --family tst --archive candles.csv.gz --out tst",
            "                                                 one model, from files alone",
            "  hindcast models                                the versions of a running platform",
            "  hindcast replay lightgbm:BTCUSDT:1 --from 2022-05-01",
            "                                                 does it predict the same again?"
        })
public final class HindcastCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Exit code of shells for a program ended by Ctrl-C. */
    private static final int INTERRUPTED = 130;

    /**
     * Runs one command line and returns the exit code: 0 success, 1 failure, 2 invalid usage, 6 no platform answers,
     * 130 ended by Ctrl-C.
     */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return commandLine(Console::ofProcess);
    }

    /** @param consoles supplies the console of the offline commands */
    static CommandLine commandLine(Supplier<Console> consoles) {
        return new CommandLine(new HindcastCommand(), new Factory(consoles))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(HindcastCommand::invalidUsage)
                .setExecutionExceptionHandler(HindcastCommand::failed);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut(), Ansi.AUTO);
    }

    private static int invalidUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println("hindcast: " + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ") + ". '"
                        + command.getCommandSpec().qualifiedName() + " --help' lists the options.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof CancellationException) {
            return INTERRUPTED;
        }
        boolean debug = command.getCommandSpec().findOption("--debug") != null
                && Boolean.TRUE.equals(
                        command.getCommandSpec().findOption("--debug").getValue());
        Optional<String> log =
                e instanceof RunFailedException run ? run.logFile().map(Object::toString) : Optional.empty();
        Throwable cause = e instanceof RunFailedException && e.getCause() != null ? e.getCause() : e;
        command.getErr().println("hindcast: " + FailureLine.of(PortInUse.explain(cause), log));
        if (debug) {
            cause.printStackTrace(command.getErr());
        }
        return cause instanceof UnreachableException
                ? UnreachableException.EXIT_CODE
                : command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Creates the commands; picocli alone could not pass a console to the offline ones. */
    private record Factory(Supplier<Console> consoles) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == TrainCommand.class) {
                return type.cast(new TrainCommand(consoles));
            }
            if (type == EvaluateCommand.class) {
                return type.cast(new EvaluateCommand(consoles));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = HindcastCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "hindcast " + (version == null ? "(unpackaged)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
