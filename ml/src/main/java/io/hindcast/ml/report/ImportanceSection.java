package io.hindcast.ml.report;

import io.hindcast.ml.explain.Importance;
import io.hindcast.ml.explain.Importance.Value;
import java.util.List;

/** Importance of features, bars or words. */
final class ImportanceSection {

    private static final int SHOWN = 24;

    private ImportanceSection() {}

    static String html(List<Importance> importances) {
        StringBuilder sections = new StringBuilder();
        for (Importance importance : importances) {
            sections.append(section(importance, importances.size() == 1 ? "" : "half"));
        }
        return sections.toString();
    }

    private static String section(Importance importance, String width) {
        List<Value> values = importance.values();
        double least =
                Math.min(0, values.stream().mapToDouble(Value::amount).min().orElse(0));
        double most =
                Math.max(0, values.stream().mapToDouble(Value::amount).max().orElse(0));
        List<Value> first = values.subList(0, Math.min(SHOWN, values.size()));
        List<Value> rest = values.subList(first.size(), values.size());
        String content = bars(first, least, most)
                + (rest.isEmpty()
                        ? ""
                        : "<details><summary>" + rest.size() + " more</summary>" + bars(rest, least, most)
                                + "</details>");
        return Html.panel(width, importance.title(), importance.method() + " In " + importance.unit() + ".", content);
    }

    private static String bars(List<Value> values, double least, double most) {
        StringBuilder bars = new StringBuilder("<div class=\"bars all\">");
        for (Value value : values) {
            bars.append("<span class=\"name\">")
                    .append(Html.text(value.name()))
                    .append("</span>")
                    .append(MetricsSection.track("", value.amount(), least, most))
                    .append("<span class=\"amount\">")
                    .append(TextReport.amount(value))
                    .append("</span>");
        }
        return bars.append("</div>").toString();
    }
}
