package io.hindcast.offline;

import io.hindcast.console.Console;
import io.hindcast.console.ConsoleProgress;
import io.hindcast.console.Logging;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hindcast evaluate}: judges a stored model on any days. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Judges a model on any days of recorded candles and writes a report; it says where the model has learned from those days.",
            "It needs nothing of the platform. Ctrl-C ends it and writes nothing."
        },
        footer = {
            "",
            "Example:",
            "  hindcast evaluate --model lightgbm/model.zip --archive later.csv.gz \\",
            "      --out lightgbm-later"
        })
public final class EvaluateCommand implements Callable<Integer> {

    private final Supplier<Console> consoles;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            required = true,
            description = "A model that 'hindcast train' or the platform has made.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path model;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ArchiveOptions data;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First day to judge by (UTC, like 2022-10-01). Default: the archive's first.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Last day to judge by. Default: the archive's last.")
    private @Nullable LocalDate to;

    @Option(
            names = "--fee",
            paramLabel = "PERCENT",
            description = "What a trade costs, in percent of what is traded. Default: as in the model's training.")
    private @Nullable Double fee;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that the scoring engine may use. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OutOptions out;

    public EvaluateCommand(Supplier<Console> consoles) {
        this.consoles = consoles;
    }

    @Override
    public Integer call() {
        Logging.off();
        Positive.check("threads", threads);
        Double rate = fee == null ? null : Double.valueOf(Fee.rate(fee));
        Console console = consoles.get();
        OutputFolder folder = out.open(ModelEvaluation.files());
        try (Cancellation cancellation = Cancellation.onInterrupt(console)) {
            MarketArchive market = data.open(console);
            Days held = market.days();
            Days days = new Days(from == null ? held.from() : from, to == null ? held.to() : to).within(held, "");
            new ModelEvaluation(console, new ConsoleProgress(console), System::nanoTime)
                    .run(model, market, data.news, data.reader, days, rate, threads, folder, cancellation);
            out.announce(console, folder, ModelEvaluation.files());
            return 0;
        }
    }
}
