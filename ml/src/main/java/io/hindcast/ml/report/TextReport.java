package io.hindcast.ml.report;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.Evaluation.Baseline;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.explain.Importance;
import io.hindcast.ml.explain.Importance.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Writes a report as lines of text. */
public final class TextReport {

    private static final int NAME = 24;
    private static final int COLUMN = 16;
    private static final int MOST_IMPORTANT = 8;

    private TextReport() {}

    public static List<String> of(Report report) {
        Evaluation evaluation = report.evaluation();
        List<String> lines = new ArrayList<>();
        lines.add(report.model() + " on " + report.subject() + ", "
                + NumberFormats.days(
                        Instant.ofEpochMilli(report.scored().firstTime()),
                        Instant.ofEpochMilli(report.scored().lastTime()))
                + ": " + NumberFormats.count(evaluation.rows()) + " rows, "
                + report.overlap().words());
        lines.add("");
        comparison(report, lines);
        lines.add("");
        confusion(evaluation, lines);
        lines.add("");
        lines.addAll(Verdict.sentences(report));
        for (Importance importance : report.importances()) {
            lines.add("");
            lines.add(importance.title() + " (" + importance.unit() + ")");
            importance.values().stream()
                    .sorted(Comparator.comparingDouble(Value::amount).reversed())
                    .limit(MOST_IMPORTANT)
                    .forEach(value -> lines.add("  " + left(value.name(), NAME - 2) + right(amount(value))));
        }
        if (!report.facts().isEmpty()) {
            lines.add("");
            report.facts().forEach(fact -> lines.add(left(fact.name(), NAME) + fact.value()));
        }
        return lines;
    }

    private static void comparison(Report report, List<String> lines) {
        Evaluation evaluation = report.evaluation();
        List<Baseline> baselines = evaluation.baselines();
        StringBuilder head = new StringBuilder(left("", NAME)).append(right("model"));
        baselines.forEach(baseline -> head.append(
                right(baseline.name().equals("majority-class") ? "always " + report.majority() : baseline.name())));
        lines.add(head.toString());
        lines.add(row("accuracy", evaluation.accuracy(), baselines, Baseline::accuracy, NumberFormats::percent));
        lines.add(row(
                "macro-F1",
                evaluation.macroF1(),
                baselines,
                Baseline::macroF1,
                value -> NumberFormats.decimals(value, 3)));
        lines.add(row(
                "profit after fees",
                evaluation.profitAfterFees(),
                baselines,
                Baseline::profitAfterFees,
                NumberFormats::change));
        lines.add("");
        lines.add(single("profit before fees", NumberFormats.change(evaluation.profitBeforeFees())));
        lines.add(single("trades", NumberFormats.count(evaluation.trades())));
        lines.add(single("Matthews correlation", NumberFormats.decimals(evaluation.mcc(), 4))
                + "  (0 is chance, 1 perfect)");
        lines.add(single("log loss", NumberFormats.decimals(evaluation.logLoss(), 4)) + "  (best constant guess: "
                + NumberFormats.decimals(Verdict.bestConstantLogLoss(evaluation), 4) + ")");
        lines.add(single("calibration error", NumberFormats.decimals(evaluation.calibrationError(), 4))
                + "  (0 is perfectly calibrated)");
    }

    private static void confusion(Evaluation evaluation, List<String> lines) {
        StringBuilder head = new StringBuilder(left("outcome", NAME));
        Signal.CLASSES.forEach(signal -> head.append(right("predicted " + signal)));
        lines.add(head.toString());
        for (int o = 0; o < evaluation.confusion().size(); o++) {
            StringBuilder line = new StringBuilder(left(Signal.ofClass(o).name(), NAME));
            evaluation.confusion().get(o).forEach(count -> line.append(right(NumberFormats.count(count))));
            lines.add(line.toString());
        }
    }

    private static String row(
            String name,
            double model,
            List<Baseline> baselines,
            Function<Baseline, Double> of,
            Function<Double, String> form) {
        StringBuilder line = new StringBuilder(single(name, form.apply(model)));
        baselines.forEach(baseline -> line.append(right(form.apply(of.apply(baseline)))));
        return line.toString();
    }

    private static String single(String name, String value) {
        return left(name, NAME) + right(value);
    }

    static String amount(Value value) {
        return NumberFormats.decimals(value.amount(), 2);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String right(String text) {
        return " ".repeat(Math.max(1, COLUMN - text.length())) + text;
    }
}
