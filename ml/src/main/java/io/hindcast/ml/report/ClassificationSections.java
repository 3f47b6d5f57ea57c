package io.hindcast.ml.report;

import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.evaluate.Reliability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Confusion matrix and calibration. */
final class ClassificationSections {

    /** Rows of a bin below which its accuracy is marked as uncertain. */
    private static final int FEW = 30;

    private ClassificationSections() {}

    static String confusion(Report report) {
        StringBuilder table = new StringBuilder("<table><thead><tr><th></th>");
        for (Signal signal : Signal.CLASSES) {
            table.append("<th>predicted <b class=\"")
                    .append(style(signal))
                    .append("\">")
                    .append(signal)
                    .append("</b></th>");
        }
        table.append("</tr></thead><tbody>");
        List<List<Integer>> confusion = report.evaluation().confusion();
        for (int o = 0; o < confusion.size(); o++) {
            Signal outcome = Signal.ofClass(o);
            int all = confusion.get(o).stream().mapToInt(Integer::intValue).sum();
            table.append("<tr><th class=\"of\">actual <b class=\"")
                    .append(style(outcome))
                    .append("\">")
                    .append(outcome)
                    .append("</b><br>")
                    .append(NumberFormats.count(all))
                    .append("</th>");
            for (int s = 0; s < confusion.size(); s++) {
                double share = all == 0 ? 0 : (double) confusion.get(o).get(s) / all;
                table.append("<td class=\"")
                        .append(s == o ? "right " : "")
                        .append(share > 0.6 ? "full" : "")
                        .append("\" style=\"--share:")
                        .append(Html.number(0.06 + 0.84 * share))
                        .append("\"><strong>")
                        .append(NumberFormats.percent(share))
                        .append("</strong><span>")
                        .append(NumberFormats.count(confusion.get(o).get(s)))
                        .append("</span></td>");
            }
            table.append("</tr>");
        }
        table.append("</tbody></table>").append(byClass(confusion));
        return Html.panel(
                "half",
                "Confusion",
                "A row is an actual outcome, split by the predicted signal; the outlined cells are correct.",
                table.toString());
    }

    /** Returns precision, recall and F1 of each signal. */
    private static String byClass(List<List<Integer>> confusion) {
        StringBuilder table =
                new StringBuilder("<table class=\"plain\"><thead><tr><th></th><th>precision</th><th>recall</th>"
                        + "<th>F1</th></tr></thead><tbody>");
        for (int c = 0; c < confusion.size(); c++) {
            int column = c;
            double hits = confusion.get(c).get(c);
            double predicted =
                    confusion.stream().mapToInt(row -> row.get(column)).sum();
            double actual =
                    confusion.get(c).stream().mapToInt(Integer::intValue).sum();
            Signal signal = Signal.ofClass(c);
            table.append("<tr><th class=\"of\"><b class=\"")
                    .append(style(signal))
                    .append("\">")
                    .append(signal)
                    .append("</b></th><td>")
                    .append(predicted == 0 ? "–" : NumberFormats.percent(hits / predicted))
                    .append("</td><td>")
                    .append(actual == 0 ? "–" : NumberFormats.percent(hits / actual))
                    .append("</td><td>")
                    .append(NumberFormats.decimals(predicted + actual == 0 ? 0 : 2 * hits / (predicted + actual), 3))
                    .append("</td></tr>");
        }
        return table.append("</tbody></table>").toString();
    }

    private static String style(Signal signal) {
        return signal.name().toLowerCase(Locale.ROOT);
    }

    static String reliability(Report report) {
        List<Reliability.Bin> bins = Reliability.bins(report.scored());
        Axis sure = shares(0.3);
        List<Double> confidences = new ArrayList<>();
        List<Double> accuracies = new ArrayList<>();
        int most = 1;
        for (Reliability.Bin bin : bins) {
            if (bin.rows() >= FEW) {
                confidences.add(bin.confidence());
                accuracies.add(bin.accuracy());
            }
            most = Math.max(most, bin.rows());
        }
        double[] xs = confidences.stream().mapToDouble(v -> v).toArray();
        double[] ys = accuracies.stream().mapToDouble(v -> v).toArray();
        Plot curve = new Plot(sure, shares(0.2))
                .shaped("square")
                .line("diagonal", new double[] {0.3, 1}, new double[] {0.3, 1})
                .line("c1", xs, ys);
        Plot columns = new Plot(sure, new Axis(0, most, false, List.of())).shaped("low");
        for (int i = 0; i < bins.size(); i++) {
            Reliability.Bin bin = bins.get(i);
            if (bin.rows() > 0) {
                String title =
                        NumberFormats.count(bin.rows()) + " rows, confidence " + NumberFormats.percent(bin.confidence())
                                + ", accuracy " + NumberFormats.percent(bin.accuracy());
                curve.dot(bin.confidence(), bin.accuracy(), bin.rows() < FEW, title);
                columns.column(
                        Math.max(0.3, (double) i / Reliability.BINS), (i + 1.0) / Reliability.BINS, bin.rows(), title);
            }
        }
        return Html.panel(
                "half",
                "Calibration",
                "Accuracy against the probability of the predicted signal: on the diagonal the model is perfectly calibrated."
                        + " Hollow where there are fewer than " + FEW + " rows. Below, the number of rows.",
                curve.html() + columns.html() + "<p class=\"axis\">probability of the predicted signal</p>");
    }

    private static Axis shares(double from) {
        List<Axis.Tick> ticks = new ArrayList<>();
        for (double at : new double[] {0, 0.2, 0.4, 0.6, 0.8, 1}) {
            if (at >= from) {
                ticks.add(new Axis.Tick(at, Math.round(100 * at) + " %"));
            }
        }
        return new Axis(from, 1, false, ticks);
    }
}
