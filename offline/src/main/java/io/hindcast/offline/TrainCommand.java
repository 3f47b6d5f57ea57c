package io.hindcast.offline;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.console.Console;
import io.hindcast.console.Logging;
import io.hindcast.console.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hindcast train}: trains one model from files. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains one model on recorded candles, evaluates it on days that it has not seen, and writes the model and a report.",
            "Runs without the platform. The same files, options and seed give the same model, unless --budget ends the training."
                    + " Ctrl-C cancels it; then nothing is written."
        },
        footer = {
            "",
            "Examples:",
            "  hindcast train --family lightgbm --archive candles.csv.gz --out lightgbm",
            "  hindcast train --family tst --preset tst-patch --archive candles.csv.gz \\",
            "      --test-from 2022-10-01 --test-to 2022-12-31 --budget 30m --out patch",
            "  hindcast train --family trl --preset trl-small --archive candles.csv.gz \\",
            "      --news articles.jsonl.gz --out news"
        })
public final class TrainCommand implements Callable<Integer> {

    private final Supplier<Console> consoles;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            required = true,
            description =
                    "lightgbm (boosted trees on candles), tst (transformer on windows of candles) or trl (reads articles).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ModelFamily family;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private MarketOptions market;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First day of the training (UTC, like 2022-01-01). Default: the archive's first.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description =
                    "Last day of the training; early stopping validates on the last rows. Default: the day before --test-from,"
                            + " or the archive's last.")
    private @Nullable LocalDate to;

    @Option(
            names = "--test-from",
            paramLabel = "DATE",
            description =
                    "First day of the evaluation, after --to. Default: evaluate on the last 15 %% of the rows up to --to.")
    private @Nullable LocalDate testFrom;

    @Option(
            names = "--test-to",
            paramLabel = "DATE",
            description = "Last day of the evaluation, with --test-from. Default: the archive's last.")
    private @Nullable LocalDate testTo;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description =
                    "tst: tst-small (30 bars, quick) or tst-patch (128 bars in patches). trl: trl-finbert (published, 440 MB) or"
                            + " trl-small (made from the articles themselves). Default: tst-small or trl-finbert.")
    private @Nullable String preset;

    @Option(
            names = "--base",
            paramLabel = "FOLDER|ID",
            description =
                    "trl: the checkpoint to start from, as a folder or as a Hugging Face id with @ and a revision."
                            + " Default: the preset's.")
    private @Nullable String base;

    @Option(
            names = "--reward",
            paramLabel = "RULE",
            description =
                    "trl: balanced (the three outcomes have equal weight) or move-size (an article's weight is the price move"
                            + " after it). Default: balanced.")
    private @Nullable String reward;

    @Option(
            names = "--horizon",
            paramLabel = "BARS",
            description = "Bars from prediction to outcome. Default: 1, or 720 (twelve hours) after an article.")
    private @Nullable Integer horizon;

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            description =
                    "Price change above which the outcome is BUY, and below minus which it is SELL. Default: 0.015, or 0.5"
                            + " after an article.")
    private @Nullable Double threshold;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description =
                    "Time for training, export and evaluation once the data are read, such as 90s or 20m; the best model so"
                            + " far is kept. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Duration budget;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Maximum number of rounds: trees a class, or epochs. Default: 300, 30 or 20.")
    private @Nullable Integer rounds;

    @Option(names = "--steps", paramLabel = "N", description = "tst: maximum number of batches an epoch. Default: 500.")
    private @Nullable Integer steps;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of the libraries; they affect the result, since sums are split among them."
                    + " Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "cpu",
            description = "tst and trl: cpu, or cuda where PyTorch is built for it. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String device;

    @Option(
            names = "--fee",
            paramLabel = "PERCENT",
            defaultValue = "0.1",
            description = "Fee of a trade, in percent of the traded amount. Default: ${DEFAULT-VALUE}.")
    private double fee;

    @Option(
            names = "--warm-start",
            paramLabel = "MODEL",
            description = "tst: a model of the same preset whose weights the training continues from.")
    private @Nullable Path warmStart;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OutputOptions output;

    public TrainCommand(Supplier<Console> consoles) {
        this.consoles = consoles;
    }

    @Override
    public Integer call() {
        Logging.off();
        TrainingSpec spec = spec();
        CommandRun.run(consoles.get(), market, output, ModelTraining.files(), (archive, out, context) -> {
            DayRange held = archive.days();
            DayRange test = test(held);
            new ModelTraining(spec, archive, context).run(training(held, test), test, out);
        });
        return 0;
    }

    private DayRange training(DayRange held, @Nullable DayRange test) {
        DayRange training = new DayRange(
                        from == null ? held.from() : from,
                        to != null ? to : testFrom != null ? testFrom.minusDays(1) : held.to())
                .within(held, "");
        if (test != null && !test.from().isAfter(training.to())) {
            throw new StartFailure("--test-from " + test.from() + " is not after --to " + training.to()
                    + ": a model is evaluated on days that it has not seen. Choose a later one.");
        }
        return training;
    }

    private @Nullable DayRange test(DayRange held) {
        if (testFrom == null) {
            if (testTo != null) {
                throw new StartFailure("--test-to is the last day of the evaluation. Give its first with --test-from.");
            }
            return null;
        }
        return new DayRange(testFrom, testTo == null ? held.to() : testTo).within(held, "test-");
    }

    private TrainingSpec spec() {
        NumericOptions.checkPositive("rounds", rounds);
        NumericOptions.checkPositive("steps", steps);
        NumericOptions.checkPositive("threads", threads);
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        return new TrainingSpec(
                family,
                market.newsFiles(),
                new TrainingSpec.Start(preset, base, reward, warmStart),
                new TrainingSpec.Label(horizon, threshold),
                new TrainingSpec.Limits(budget, rounds, steps),
                new TrainingSpec.Engine(threads, device),
                seed,
                NumericOptions.feeRate(fee));
    }
}
