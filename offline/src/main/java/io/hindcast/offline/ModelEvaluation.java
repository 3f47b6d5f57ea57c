package io.hindcast.offline;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.Provenance;
import io.hindcast.console.StartFailure;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.evaluate.Evaluator;
import io.hindcast.ml.evaluate.OutcomeCounts;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.explain.Importance;
import io.hindcast.ml.model.GoldenMismatchException;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.report.Report;
import io.hindcast.ml.report.Report.Fact;
import io.hindcast.ml.report.TrainingOverlap;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a stored model on any days of an archive, and writes the report.
 *
 * @param model file of the bundle
 * @param feeRate fee as a fraction of the traded amount; null for that of the model's training
 * @param threads threads of the scoring engine
 */
record ModelEvaluation(Path model, NewsFiles news, @Nullable Double feeRate, int threads) {

    /** Returns the names of the files that {@link #run} writes. */
    static List<String> files() {
        return ReportFiles.NAMES;
    }

    /**
     * Evaluates the model and writes all files.
     *
     * @throws StartFailure naming the option or file that prevents the evaluation
     * @throws java.util.concurrent.CancellationException if it was cancelled; nothing is written then
     */
    void run(MarketArchive market, DayRange days, OutputFolder out, RunContext context) {
        StoredModel stored = StoredModel.read(model, "model");
        ModelBundle bundle = stored.bundle();
        Samples samples = EvaluationSamples.of(bundle, news, market, days, context);
        RowRange rows = samples.rowsBetween(days.firstMinute().toEpochMilli(), days.lastMillis());
        if (rows.isEmpty()) {
            throw new StartFailure("There is nothing to evaluate on " + days
                    + ": no row whose outcome is known by then. Choose a longer period.");
        }
        ScoredRows scored;
        List<Importance> importances;
        Duration took;
        try (Scorer scorer = ScorerEngines.open(bundle, threads)) {
            bundle.checkGolden(scorer);
            long begun = context.nanoTime().getAsLong();
            scored = BatchScoring.score(samples, rows, scorer, context);
            took = Duration.ofNanos(context.nanoTime().getAsLong() - begun);
            importances =
                    BatchScoring.importances(bundle, scorer, scored, context.progress(), context.cancellation()::check);
        } catch (GoldenMismatchException e) {
            throw new StartFailure(
                    "The model does not predict here what it predicted when it was trained: " + e.getMessage()
                            + ". Its figures would not be its own.",
                    e);
        }
        Provenance provenance = bundle.provenance();
        Evaluation evaluation = Evaluator.evaluate(scored, trained(provenance, scored), feeRate(provenance));
        Report report = new Report(
                market.symbol().toString(),
                bundle,
                scored,
                evaluation,
                TrainingOverlap.of(provenance, scored),
                importances,
                facts(stored, market, scored, took));
        ReportFiles.write(report, Map.of(), out, context);
    }

    /** Returns the outcomes of the training; if the bundle lacks them, those of the evaluated rows, in hindsight. */
    private static OutcomeCounts trained(Provenance provenance, ScoredRows scored) {
        return OutcomeCounts.trained(provenance).orElseGet(() -> OutcomeCounts.of(scored.samples(), scored.rows()));
    }

    private double feeRate(Provenance provenance) {
        return feeRate != null
                ? feeRate
                : Double.parseDouble(provenance.parameters().getOrDefault("feeRate", "0.001"));
    }

    private static List<Fact> facts(StoredModel stored, MarketArchive market, ScoredRows scored, Duration took) {
        List<Fact> facts = new ArrayList<>();
        String trainedOn = stored.bundle().provenance().parameters().get(ModelTraining.SYMBOL);
        if (trainedOn != null && !trainedOn.equals(market.symbol().toString())) {
            facts.add(new Fact("trained on", trainedOn + ", another market"));
        }
        facts.add(new Fact(
                "model",
                String.format(
                        Locale.ROOT,
                        "%,.1f kB, sha-256 %s",
                        stored.bytes() / 1e3,
                        stored.sha256().substring(0, 16))));
        facts.add(new Fact("engine", stored.bundle().scorer().engine()));
        facts.add(new Fact(
                "scored in",
                String.format(
                        Locale.ROOT,
                        "%.1f s, %,.0f rows/s",
                        took.toMillis() / 1e3,
                        scored.size() / Math.max(1e-3, took.toMillis() / 1e3))));
        return facts;
    }
}
