package io.hindcast.offline;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.console.Console;
import io.hindcast.console.ConsoleProgress;
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
            "Trains one model on recorded candles, judges it on days that it has not seen, and writes the model and a report.",
            "It needs nothing of the platform. The same files, options and seed give the same model, unless --budget ended it."
                    + " Ctrl-C ends it and writes nothing."
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
    private ArchiveOptions data;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First day to learn from (UTC, like 2022-01-01). Default: the archive's first.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description =
                    "Last day to learn from; its end is what early stopping watches. Default: the day before --test-from,"
                            + " or the archive's last.")
    private @Nullable LocalDate to;

    @Option(
            names = "--test-from",
            paramLabel = "DATE",
            description = "First day to judge by, after --to. Default: the last 15 %% of the rows up to --to judge.")
    private @Nullable LocalDate testFrom;

    @Option(
            names = "--test-to",
            paramLabel = "DATE",
            description = "Last day to judge by, with --test-from. Default: the archive's last.")
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
            description = "trl: a checkpoint to begin with, as a folder or as a Hugging Face id with @ and a revision."
                    + " Default: the preset's.")
    private @Nullable String base;

    @Option(
            names = "--reward",
            paramLabel = "RULE",
            description =
                    "trl: balanced (the three outcomes count alike) or move-size (an article counts as much as the price"
                            + " moved after it). Default: balanced.")
    private @Nullable String reward;

    @Option(
            names = "--horizon",
            paramLabel = "BARS",
            description = "How many bars ahead the outcome is. Default: 1, or 720 (twelve hours) after an article.")
    private @Nullable Integer horizon;

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            description =
                    "Change above which the outcome is BUY, below whose negative SELL. Default: 0.015, or 0.5 after an"
                            + " article.")
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
                    "Time that training, export and judging may take once the data are read, such as 90s or 20m; the best so far is"
                            + " kept. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Duration budget;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds at most: trees a class, or epochs. Default: 300, 30 or 20.")
    private @Nullable Integer rounds;

    @Option(names = "--steps", paramLabel = "N", description = "tst: batches an epoch has at most. Default: 500.")
    private @Nullable Integer steps;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that the libraries may use; part of the result, as sums are split among them."
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
            description = "What a trade costs, in percent of what is traded. Default: ${DEFAULT-VALUE}.")
    private double fee;

    @Option(
            names = "--warm-start",
            paramLabel = "MODEL",
            description = "tst: a model of the same preset whose weights training goes on from.")
    private @Nullable Path warmStart;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OutOptions out;

    public TrainCommand(Supplier<Console> consoles) {
        this.consoles = consoles;
    }

    @Override
    public Integer call() {
        Logging.off();
        Console console = consoles.get();
        TrainingOrder order = order();
        OutputFolder folder = out.open(ModelTraining.files());
        try (Cancellation cancellation = Cancellation.onInterrupt(console)) {
            MarketArchive market = data.open(console);
            Days held = market.days();
            Days test = test(held);
            Days training = new Days(
                            from == null ? held.from() : from,
                            to != null ? to : testFrom != null ? testFrom.minusDays(1) : held.to())
                    .within(held, "");
            if (test != null && !test.from().isAfter(training.to())) {
                throw new StartFailure("--test-from " + test.from() + " is not after --to " + training.to()
                        + ": a model is judged by days that it has not seen. Choose a later one.");
            }
            new ModelTraining(console, new ConsoleProgress(console), System::nanoTime)
                    .run(order, market, training, test, folder, cancellation);
            out.announce(console, folder, ModelTraining.files());
            return 0;
        }
    }

    private @Nullable Days test(Days held) {
        if (testFrom == null) {
            if (testTo != null) {
                throw new StartFailure(
                        "--test-to says where the days to judge by end. Say with --test-from where they begin.");
            }
            return null;
        }
        return new Days(testFrom, testTo == null ? held.to() : testTo).within(held, "test-");
    }

    private TrainingOrder order() {
        Positive.check("rounds", rounds);
        Positive.check("steps", steps);
        Positive.check("threads", threads);
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        return new TrainingOrder(
                family,
                data.news,
                data.reader,
                preset,
                base,
                reward,
                horizon,
                threshold,
                seed,
                budget,
                rounds,
                steps,
                threads,
                Fee.rate(fee),
                device,
                warmStart);
    }
}
