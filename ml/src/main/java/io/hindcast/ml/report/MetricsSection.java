package io.hindcast.ml.report;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.Evaluation.Baseline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Headline metrics, each beside its baselines. */
final class MetricsSection {

    private MetricsSection() {}

    static String html(Report report) {
        Evaluation evaluation = report.evaluation();
        Map<String, Double> accuracies = of(report, evaluation.accuracy(), Baseline::accuracy);
        double constant = Verdict.bestConstantAccuracy(evaluation);
        if (accuracies.values().stream().noneMatch(accuracy -> accuracy.equals(constant))) {
            accuracies.put(Verdict.mostFrequent(evaluation) + " in hindsight", constant);
        }
        return bars("Accuracy", "Share of correct signals.", accuracies, NumberFormats::percent)
                + bars(
                        "Macro-F1",
                        "Mean F1 of the three signals.",
                        of(report, evaluation.macroF1(), Baseline::macroF1),
                        value -> NumberFormats.decimals(value, 3))
                + bars(
                        "Profit after fees",
                        "Long or flat, " + NumberFormats.decimals(100 * evaluation.feeRate(), 2) + " % a trade.",
                        of(report, evaluation.profitAfterFees(), Baseline::profitAfterFees),
                        NumberFormats::change)
                + "<dl class=\"figures\">"
                + figure(
                        "Profit before fees",
                        NumberFormats.change(evaluation.profitBeforeFees()),
                        "profit of the signals without fees")
                + figure("Trades", NumberFormats.count(evaluation.trades()), "changes of position")
                + figure("Matthews correlation", NumberFormats.decimals(evaluation.mcc(), 4), "0 is chance, 1 perfect")
                + figure(
                        "Log loss",
                        NumberFormats.decimals(evaluation.logLoss(), 4),
                        "best constant guess: " + NumberFormats.decimals(Verdict.bestConstantLogLoss(evaluation), 4))
                + figure(
                        "Calibration error",
                        NumberFormats.decimals(evaluation.calibrationError(), 4),
                        "0 is perfectly calibrated")
                + "</dl>\n";
    }

    private static Map<String, Double> of(Report report, double model, Function<Baseline, Double> figure) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(report.model(), model);
        report.evaluation()
                .baselines()
                .forEach(baseline -> values.put(
                        baseline.name().equals("majority-class")
                                ? "always " + report.majority()
                                : baseline.name().replace('-', ' '),
                        figure.apply(baseline)));
        return values;
    }

    private static String bars(String heading, String note, Map<String, Double> values, Function<Double, String> form) {
        double least =
                Math.min(0, values.values().stream().mapToDouble(v -> v).min().orElse(0));
        double most =
                Math.max(0, values.values().stream().mapToDouble(v -> v).max().orElse(0));
        StringBuilder rows = new StringBuilder("<p class=\"big\">")
                .append(Html.text(form.apply(values.values().iterator().next())))
                .append("</p><div class=\"bars\">");
        boolean model = true;
        for (Map.Entry<String, Double> value : values.entrySet()) {
            String style = model ? " model" : "";
            rows.append("<span class=\"name").append(style).append("\">").append(Html.text(value.getKey()));
            rows.append("</span>")
                    .append(track(style, value.getValue(), least, most))
                    .append("<span class=\"amount")
                    .append(style)
                    .append("\">")
                    .append(Html.text(form.apply(value.getValue())))
                    .append("</span>");
            model = false;
        }
        return Html.panel("third", heading, note, rows.append("</div>").toString());
    }

    /** Returns a bar that starts at zero, on a track from least to most. */
    static String track(String style, double value, double least, double most) {
        double span = most > least ? most - least : 1;
        double zero = 100 * -least / span;
        double end = 100 * (value - least) / span;
        return "<span class=\"track" + style + (value < 0 ? " below" : "") + "\"><i style=\"left:"
                + Html.number(Math.min(zero, end)) + "%;width:" + Html.number(Math.abs(end - zero)) + "%\"></i>"
                + (least < 0 ? "<b style=\"left:" + Html.number(zero) + "%\"></b>" : "") + "</span>";
    }

    private static String figure(String name, String value, String beside) {
        return "<div class=\"figure\"><dt>" + Html.text(name) + "</dt><dd class=\"value\">" + Html.text(value)
                + "</dd><dd class=\"beside\">" + Html.text(beside) + "</dd></div>";
    }
}
