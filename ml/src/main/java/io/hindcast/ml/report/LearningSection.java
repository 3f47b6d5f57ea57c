package io.hindcast.ml.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the training went: losses together, other figures each by itself. */
final class LearningSection {

    private static final String LOSS = "loss";
    private static final List<String> STYLES = List.of("c1", "c2", "c3");

    private LearningSection() {}

    static String html(LearningCurves curves, Report report) {
        if (curves.rounds().size() < 2) {
            return "";
        }
        Map<String, List<Double>> losses = new TreeMap<>();
        Map<String, List<Double>> others = new TreeMap<>();
        curves.figures().forEach((name, values) -> (name.endsWith(LOSS) ? losses : others).put(name, values));
        String kept = report.bundle().provenance().parameters().get("result.rounds");
        StringBuilder content = new StringBuilder();
        if (!losses.isEmpty()) {
            content.append(plot(curves, losses, kept, "").html());
        }
        if (!others.isEmpty()) {
            content.append("<div class=\"smalls\">");
            others.forEach((name, values) -> content.append("<div>")
                    .append(plot(curves, Map.of(name, values), kept, "low").html())
                    .append("</div>"));
            content.append("</div>");
        }
        content.append("<p class=\"axis\">round</p>");
        return Html.panel(
                "",
                "Learning",
                "Round by round."
                        + (kept == null
                                ? ""
                                : " The model is that of round " + kept + ", where the dashed line stands."),
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
            plot.mark(Double.parseDouble(kept), "round " + kept + " was kept");
        }
        List<String> names = new ArrayList<>(figures.keySet());
        // validation loss first: it is what decided
        names.sort((a, b) -> Boolean.compare(b.startsWith("validation"), a.startsWith("validation")));
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            double[] values = figures.getOrDefault(name, List.of()).stream()
                    .mapToDouble(v -> v)
                    .toArray();
            String style = STYLES.get(i % STYLES.size());
            plot.line(style, rounds, finite(values));
            plot.legend(style, name, "last " + Numbers.figure(values[values.length - 1]));
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
                .map(tick -> new Axis.Tick(tick.at(), Numbers.count(Math.round(tick.at()))))
                .toList();
        return new Axis(first, last, false, ticks);
    }
}
