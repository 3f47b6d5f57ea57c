package io.hindcast.offline;

import io.hindcast.api.model.ModelFamily;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trains from files the model that the platform would train from its log, and writes it with its report. */
final class ModelTraining {

    static final String MODEL = "model.zip";

    /** Provenance key of the market whose candles a model was trained on. */
    static final String SYMBOL = "source.symbol";

    private final TrainingSpec spec;
    private final MarketArchive market;
    private final RunContext context;

    ModelTraining(TrainingSpec spec, MarketArchive market, RunContext context) {
        this.spec = spec;
        this.market = market;
        this.context = context;
    }

    /** Returns the names of the files that {@link #run} writes. */
    static List<String> files() {
        List<String> files = new ArrayList<>(List.of(MODEL));
        files.addAll(ReportFiles.NAMES);
        return files;
    }

    /** Result of the trainer, with what is reported about it. */
    private record Trained(TrainedModel model, TrainingControl control, long steps, Duration took) {}

    /**
     * Trains the model and writes all files.
     *
     * @param training days of the training and validation data
     * @param test days of the evaluation; null for the end of the training days
     * @throws StartFailure naming the option or file that prevents the training
     * @throws java.util.concurrent.CancellationException if it was cancelled; nothing is written then
     */
    void run(DayRange training, @Nullable DayRange test, OutputFolder out) {
        DayRange days = test == null ? training : new DayRange(training.from(), test.to());
        PreparedTraining prepared = prepare(days);
        if (spec.family() != ModelFamily.LIGHTGBM && !Torch.isUnpacked()) {
            context.console().line("Unpacking PyTorch's libraries, some 430 MB; once on a machine …");
        }
        prepared.notice().ifPresent(context.console()::line);
        Trained trained = train(prepared, training, test, days);
        ModelBundle bundle = trained.model().bundle(market.position(days), provenance());
        byte[] bytes = bundle.toBytes();
        List<Importance> importances = importances(bundle, trained);
        Report report = new Report(
                market.symbol().toString(),
                bundle,
                trained.model().test(),
                trained.model().evaluation(),
                TrainingOverlap.of(bundle.provenance(), trained.model().test()),
                importances,
                facts(trained, prepared.batch(), bytes.length, training, importances.isEmpty()));
        ReportFiles.write(report, Map.of(MODEL, bytes), out, context);
    }

    private PreparedTraining prepare(DayRange days) {
        try {
            return new TrainingSetup(spec, market, days, context).prepare();
        } catch (IllegalArgumentException e) {
            throw new StartFailure("This cannot be trained: " + e.getMessage() + ".", e);
        }
    }

    private Trained train(PreparedTraining prepared, DayRange training, @Nullable DayRange test, DayRange days) {
        long begun = context.nanoTime().getAsLong();
        try (TrainingProgressDisplay display = new TrainingProgressDisplay(
                context.progress(),
                "Training " + spec.family().name().toLowerCase(Locale.ROOT),
                prepared.maxRounds())) {
            TrainingControl control = new TrainingControl(
                    display, context.cancellation(), spec.limits().budget(), context.nanoTime());
            TrainedModel model = prepared.train(training, test, spec.seed(), control);
            Duration took = Duration.ofNanos(context.nanoTime().getAsLong() - begun);
            return new Trained(model, control, display.steps(), took);
        } catch (TimeBudgetException e) {
            throw new StartFailure("The training has no result: " + e.getMessage() + ". Give it a longer --budget.", e);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "Nothing can be learned from " + market.symbol() + " on " + days + ": " + e.getMessage() + ".", e);
        } catch (ArithmeticException e) {
            throw new StartFailure(
                    "The training has no result: " + e.getMessage() + ". Try another --seed, or fewer --rounds.", e);
        }
    }

    private Map<String, String> provenance() {
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("source.archive", market.description());
        provenance.put(SYMBOL, market.symbol().toString());
        if (spec.news().articles() != null) {
            provenance.put("source.news", spec.news().articles().getFileName().toString());
        }
        if (spec.news().reader() != null) {
            provenance.put(
                    SentimentModel.PROVENANCE,
                    StoredModel.read(spec.news().reader(), "reader").sha256());
        }
        if (spec.start().warmStart() != null) {
            provenance.put(
                    "warmStart.sha256",
                    StoredModel.read(spec.start().warmStart(), "warm-start").sha256());
        }
        return provenance;
    }

    /** Measures the importances; none if the budget ends first. */
    private List<Importance> importances(ModelBundle bundle, Trained trained) {
        try (Scorer scorer = ScorerEngines.open(bundle, spec.engine().threads())) {
            return BatchScoring.importances(bundle, scorer, trained.model().test(), context.progress(), () -> {
                context.cancellation().check();
                if (trained.control().budgetSpent()) {
                    throw trained.control().outOfTime("before the importances were measured");
                }
            });
        } catch (TimeBudgetException e) {
            return List.of();
        }
    }

    private static List<Fact> facts(Trained trained, int batch, int bytes, DayRange training, boolean noImportances) {
        TrainedModel model = trained.model();
        double seconds = trained.took().toMillis() / 1e3;
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("training days", training.toString()));
        facts.add(new Fact(
                "rows",
                String.format(
                        Locale.ROOT,
                        "%,d for training, %,d for early stopping, %,d for evaluation",
                        model.split().train().size(),
                        model.split().validation().size(),
                        model.split().test().size())));
        facts.add(new Fact(
                "rounds",
                model.rounds() + " kept of " + model.history().size() + " done; " + words(model.stopReason())));
        facts.add(new Fact("trained and evaluated in", String.format(Locale.ROOT, "%.1f s", seconds)));
        if (trained.steps() > 0) {
            facts.add(new Fact(
                    "speed",
                    String.format(Locale.ROOT, "%,.0f samples/s, all in all", trained.steps() * batch / seconds)));
        }
        facts.add(new Fact("model size", String.format(Locale.ROOT, "%,.1f kB", bytes / 1e3)));
        facts.add(
                new Fact("export", String.format(Locale.ROOT, "within %.1e of the trainer", model.exportDifference())));
        if (noImportances) {
            facts.add(new Fact("importance", "not measured: the time budget was spent"));
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
