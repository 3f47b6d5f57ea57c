package io.hindcast.offline;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.prediction.Signal;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.console.Console;
import io.hindcast.console.StartFailure;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.evaluate.Evaluator;
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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Judges a stored model on any days of an archive. */
public final class ModelEvaluation {

    private final Console console;
    private final ProgressReporter progress;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that only goes forward, for what is said about speed */
    public ModelEvaluation(Console console, ProgressReporter progress, LongSupplier nanoTime) {
        this.console = console;
        this.progress = progress;
        this.nanoTime = nanoTime;
    }

    /** Names of the files that {@link #run} writes. */
    public static List<String> files() {
        return ReportFiles.NAMES;
    }

    /**
     * Judges and writes.
     *
     * @param model file of the bundle
     * @param news archive of articles, for a model that reads them or whose bars know them
     * @param reader model that reads them for the latter
     * @param feeRate fraction of the traded amount per trade; null as in its training
     * @param threads that the engine may use
     * @throws StartFailure naming what keeps it from being judged
     * @throws java.util.concurrent.CancellationException if it was cancelled; nothing is written then
     */
    public Report run(
            Path model,
            MarketArchive market,
            @Nullable Path news,
            @Nullable Path reader,
            Days days,
            @Nullable Double feeRate,
            int threads,
            OutputFolder out,
            Cancellation cancellation) {
        StoredModel stored = StoredModel.read(model, "model");
        ModelBundle bundle = stored.bundle();
        Samples samples = Families.samples(bundle, news, reader, market, days, console, progress, cancellation);
        RowRange rows = samples.rowsBetween(days.first().toEpochMilli(), days.end());
        if (rows.isEmpty()) {
            throw new StartFailure("There is nothing to judge on " + days
                    + ": no row whose outcome is known by then. Choose a longer period.");
        }
        ScoredRows scored;
        List<Importance> importances;
        Duration took;
        try (Scorer scorer = ScorerEngines.open(bundle, threads)) {
            bundle.checkGolden(scorer);
            long begun = nanoTime.getAsLong();
            scored = Judging.score(samples, rows, scorer, progress, cancellation);
            took = Duration.ofNanos(nanoTime.getAsLong() - begun);
            importances = Judging.importances(bundle, scorer, scored, progress, cancellation::check);
        } catch (GoldenMismatchException e) {
            throw new StartFailure(
                    "The model does not say here what it said when it was trained: " + e.getMessage()
                            + ". Its figures would not be its own.",
                    e);
        }
        Provenance provenance = bundle.provenance();
        Evaluation evaluation = Evaluator.evaluate(scored, majority(provenance, scored), fee(feeRate, provenance));
        Report report = new Report(
                market.symbol().toString(),
                bundle,
                scored,
                evaluation,
                TrainingOverlap.of(provenance, scored),
                importances,
                facts(stored, market, scored, took));
        cancellation.check();
        out.write(ReportFiles.of(report));
        cancellation.written();
        ReportFiles.print(report, console);
        return report;
    }

    /** What was most frequent in training; where the bundle does not say, in hindsight among the judged rows. */
    private static Signal majority(Provenance provenance, ScoredRows scored) {
        String trained = provenance.parameters().get("result.majorityClass");
        return trained == null ? Evaluator.mostFrequent(scored.samples(), scored.rows()) : Signal.valueOf(trained);
    }

    private static double fee(@Nullable Double given, Provenance provenance) {
        return given != null
                ? given
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
