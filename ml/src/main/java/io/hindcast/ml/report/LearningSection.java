package io.hindcast.ml.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Learning curves: losses in one chart, every other metric in its own, beside the same metric of the reference model if
 * there is one.
 */
final class LearningSection {

    private static final Set<String> LOSSES = Set.of("validation loss", "training loss");
    /** Prefix of the metrics of the reference model. */
    private static final String REFERENCE = "reference ";

    private static final List<String> STYLES = List.of("c1", "c2", "c3");

    private LearningSection() {}

    static String html(LearningCurves curves, Report report) {
        if (curves.rounds().size() < 2) {
            return "";
        }
        SortedMap<String, List<Double>> losses = new TreeMap<>(curves.figures());
        losses.keySet().retainAll(LOSSES);
        String kept = report.bundle().provenance().parameters().get("result.rounds");
        StringBuilder content = new StringBuilder();
        if (!losses.isEmpty()) {
            content.append(plot(curves, losses, kept, "").html());
        }
        content.append("<div class=\"smalls\">");
        curves.figures().forEach((name, values) -> {
            if (!LOSSES.contains(name) && !name.startsWith(REFERENCE)) {
                SortedMap<String, List<Double>> together = new TreeMap<>(Map.of(name, values));
                List<Double> reference = curves.figures().get(REFERENCE + name);
                if (reference != null) {
                    together.put(REFERENCE + name, reference);
                }
                content.append("<div>")
                        .append(plot(curves, together, kept, "low").html())
                        .append("</div>");
            }
        });
        content.append("</div>");
        content.append("<p class=\"axis\">round</p>");
        return Html.panel(
                "",
                "Learning",
                "Round by round."
                        + (kept == null ? "" : " The model is that of round " + kept + ", at the dashed line."),
                content.toString());
    }

    private static Plot plot(
            LearningCurves curves,
            Map<String, List<Double>> figures,
            @org.jspecify.annotations.Nullable String kept,
            String shape) {
        double[] rounds = curves.rounds().stream().mapToDouble(n -> n).toArray();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (List<Double> values : figures.values()) {
            for (double value : values) {
                if (Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        if (least > most) {
            least = 0;
            most = 1;
        }
        Plot plot = new Plot(rounds(rounds), Axis.linear(least, most, shape.isEmpty() ? 5 : 3)).shaped(shape);
        if (kept != null) {
            plot.mark(Double.parseDouble(kept), "round " + kept + ", kept");
        }
        List<String> names = new ArrayList<>(figures.keySet());
        // validation loss before training loss, because it decides
        names.sort(Comparator.comparing((String name) -> name.startsWith(REFERENCE))
                .thenComparing(Comparator.reverseOrder()));
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            double[] values = figures.getOrDefault(name, List.of()).stream()
                    .mapToDouble(v -> v)
                    .toArray();
            String style = STYLES.get(i % STYLES.size());
            plot.line(style, rounds, finite(values));
            plot.legend(style, name, "last " + NumberFormats.figure(values[values.length - 1]));
        }
        return plot;
    }

    private static double[] finite(double[] values) {
        double[] finite = values.clone();
        for (int i = 0; i < finite.length; i++) {
            finite[i] = Double.isFinite(finite[i]) ? finite[i] : Double.NaN;
        }
        return finite;
    }

    private static Axis rounds(double[] rounds) {
        double first = rounds[0];
        double last = rounds[rounds.length - 1];
        Axis round = Axis.linear(first, last, 8);
        List<Axis.Tick> ticks = round.ticks().stream()
                .filter(tick -> tick.at() >= first && tick.at() <= last && tick.at() == Math.rint(tick.at()))
                .map(tick -> new Axis.Tick(tick.at(), NumberFormats.count(Math.round(tick.at()))))
                .toList();
        return new Axis(first, last, false, ticks);
    }
}
