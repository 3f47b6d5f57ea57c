package io.hindcast.offline;

import io.hindcast.console.Console;
import io.hindcast.console.Logging;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hindcast evaluate}: evaluates a stored model on any days. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Evaluates a model on any days of recorded candles and writes a report, which marks days that the model was trained on.",
            "Runs without the platform. Ctrl-C cancels it; then nothing is written."
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
            description = "A model made by 'hindcast train' or by the platform.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path model;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private MarketOptions market;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First day of the evaluation (UTC, like 2022-10-01). Default: the archive's first.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "Last day of the evaluation. Default: the archive's last.")
    private @Nullable LocalDate to;

    @Option(
            names = "--fee",
            paramLabel = "PERCENT",
            description = "Fee of a trade, in percent of the traded amount. Default: as in the model's training.")
    private @Nullable Double fee;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of the scoring engine. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OutputOptions output;

    public EvaluateCommand(Supplier<Console> consoles) {
        this.consoles = consoles;
    }

    @Override
    public Integer call() {
        Logging.off();
        NumericOptions.checkPositive("threads", threads);
        Double feeRate = fee == null ? null : Double.valueOf(NumericOptions.feeRate(fee));
        ModelEvaluation evaluation = new ModelEvaluation(model, market.newsFiles(), feeRate, threads);
        CommandRun.run(consoles.get(), market, output, ModelEvaluation.files(), (archive, out, context) -> {
            DayRange held = archive.days();
            DayRange days = new DayRange(from == null ? held.from() : from, to == null ? held.to() : to);
            evaluation.run(archive, days.within(held, ""), out, context);
        });
        return 0;
    }
}
