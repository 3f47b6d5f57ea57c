package io.hindcast.offline;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.app.StartFailure;
import io.hindcast.app.console.Console;
import io.hindcast.console.Console;
import io.hindcast.console.StartFailure;
import io.hindcast.ml.explain.Importance;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.report.Report;
import io.hindcast.ml.report.Report.Fact;
import io.hindcast.ml.report.TrainingOverlap;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.train.StopReason;
import io.hindcast.ml.train.TimeBudgetException;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Trains from files what the platform would train from its log, and writes the model with its report. */
public final class ModelTraining {

    public static final String MODEL = "model.zip";

    /** What a model's provenance calls the market whose candles it was trained on. */
    static final String SYMBOL = "source.symbol";

    private final Console console;
    private final ProgressReporter progress;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that only goes forward, for what is said about speed and for the time budget */
    public ModelTraining(Console console, ProgressReporter progress, LongSupplier nanoTime) {
        this.console = console;
        this.progress = progress;
        this.nanoTime = nanoTime;
    }

    /** Names of the files that {@link #run} writes. */
    public static List<String> files() {
        List<String> files = new ArrayList<>(List.of(MODEL));
        files.addAll(ReportFiles.NAMES);
        return files;
    }

    /**
     * Trains and writes.
     *
     * @param training days learned from
     * @param test days judged by; null if the end of the training days is
     * @throws StartFailure naming what keeps it from being trained
     * @throws java.util.concurrent.CancellationException if it was cancelled; nothing is written then
     */
    public Report run(
            TrainingOrder order,
            MarketArchive market,
            Days training,
            @Nullable Days test,
            OutputFolder out,
            Cancellation cancellation) {
        Days days = test == null ? training : new Days(training.from(), test.to());
        ReadyTraining ready = ready(order, market, days, cancellation);
        if (order.family() != ModelFamily.LIGHTGBM && !Torch.isUnpacked()) {
            console.line("Unpacking PyTorch's libraries, some 430 MB; once on a machine …");
        }
        ready.preparation().ifPresent(console::line);
        long begun = nanoTime.getAsLong();
        TrainedModel trained;
        TrainingControl control;
        long steps;
        try (ShownTraining shown = new ShownTraining(
                progress, "Training " + order.family().name().toLowerCase(Locale.ROOT), ready.rounds())) {
            control = new TrainingControl(shown, cancellation, order.budget(), nanoTime);
            trained = ready.train(training, test, order.seed(), control);
            steps = shown.steps();
        } catch (TimeBudgetException e) {
            throw new StartFailure(
                    "The training came to nothing: " + e.getMessage() + ". Give it a longer --budget.", e);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "Nothing can be learned from " + market.symbol() + " on " + days + ": " + e.getMessage() + ".", e);
        } catch (ArithmeticException e) {
            throw new StartFailure(
                    "The training came to nothing: " + e.getMessage() + ". Try another --seed, or fewer --rounds.", e);
        }
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - begun);
        Map<String, String> origin = new TreeMap<>();
        origin.put("source.archive", market.description());
        origin.put(SYMBOL, market.symbol().toString());
        if (order.news() != null) {
            origin.put("source.news", order.news().getFileName().toString());
        }
        if (order.reader() != null) {
            origin.put(
                    NewsReader.PROVENANCE,
                    StoredModel.read(order.reader(), "reader").sha256());
        }
        if (order.warmStart() != null) {
            origin.put(
                    "warmStart.sha256",
                    StoredModel.read(order.warmStart(), "warm-start").sha256());
        }
        ModelBundle bundle = trained.bundle(market.position(days), origin);
        byte[] bytes = bundle.toBytes();
        List<Importance> importances = importances(bundle, order.threads(), trained, control, cancellation);
        Report report = new Report(
                market.symbol().toString(),
                bundle,
                trained.test(),
                trained.evaluation(),
                TrainingOverlap.of(bundle.provenance(), trained.test()),
                importances,
                facts(trained, ready.batch(), steps, took, bytes.length, training, importances.isEmpty()));
        cancellation.check();
        SortedMap<String, byte[]> files = ReportFiles.of(report);
        files.put(MODEL, bytes);
        out.write(files);
        cancellation.written();
        ReportFiles.print(report, console);
        return report;
    }

    /** What the model looks at; nothing if the time is up before that is found. */
    private List<Importance> importances(
            ModelBundle bundle, int threads, TrainedModel trained, TrainingControl control, Cancellation cancellation) {
        try (Scorer scorer = ScorerEngines.open(bundle, threads)) {
            return Judging.importances(bundle, scorer, trained.test(), progress, () -> {
                cancellation.check();
                if (control.budgetSpent()) {
                    throw control.outOfTime("before it was known what the model looks at");
                }
            });
        } catch (TimeBudgetException e) {
            return List.of();
        }
    }

    private ReadyTraining ready(TrainingOrder order, MarketArchive market, Days days, Cancellation cancellation) {
        try {
            return Families.ready(order, market, days, console, progress, cancellation);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("This cannot be trained: " + e.getMessage() + ".", e);
        }
    }

    private static List<Fact> facts(
            TrainedModel trained, int batch, long steps, Duration took, int bytes, Days training, boolean unexplained) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("training days", training.toString()));
        facts.add(new Fact(
                "rows",
                String.format(
                        Locale.ROOT,
                        "%,d to train on, %,d to stop by, %,d to judge by",
                        trained.split().train().size(),
                        trained.split().validation().size(),
                        trained.split().test().size())));
        facts.add(new Fact(
                "rounds",
                trained.rounds() + " kept of " + trained.history().size() + " done; " + words(trained.stopReason())));
        facts.add(new Fact("trained and judged in", String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1e3)));
        if (steps > 0) {
            facts.add(new Fact(
                    "speed",
                    String.format(
                            Locale.ROOT, "%,.0f samples/s, all in all", steps * batch / (took.toMillis() / 1e3))));
        }
        facts.add(new Fact("model size", String.format(Locale.ROOT, "%,.1f kB", bytes / 1e3)));
        facts.add(new Fact(
                "export", String.format(Locale.ROOT, "within %.1e of the trainer", trained.exportDifference())));
        if (unexplained) {
            facts.add(new Fact("what it looks at", "not measured: the time was up"));
        }
        return facts;
    }

    private static String words(StopReason stop) {
        return switch (stop) {
            case NO_IMPROVEMENT -> "then the validation loss no longer fell";
            case ALL_ROUNDS -> "that was all of them";
            case TIME_BUDGET -> "then the time was up";
            case NOTHING_TO_LEARN -> "then nothing was left to learn";
            case KL_COLLAPSE -> "then the policy had moved too far from its reference";
            case ENTROPY_COLLAPSE -> "then the policy had become too sure of itself";
        };
    }
}
