package io.hindcast.ml.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Line chart. Lines are SVG stretched to the available width; everything else is text and boxes placed in percent, so
 * that text has the same size on a phone as on a large screen.
 */
final class Plot {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 1000;

    private final Axis x;
    private final Axis y;
    private final StringBuilder paths = new StringBuilder();
    private final StringBuilder boxes = new StringBuilder();
    private final StringBuilder labels = new StringBuilder();
    private final List<String> legend = new ArrayList<>();
    private String shape = "";

    Plot(Axis x, Axis y) {
        this.x = x;
        this.y = y;
        for (Axis.Tick tick : y.ticks()) {
            paths.append(path("rule", "M0 " + up(tick.at()) + "H" + WIDTH));
        }
    }

    /** Sets the shape: {@code low}, or {@code square} where both axes have the same scale. */
    Plot shaped(String other) {
        shape = other;
        return this;
    }

    /** Draws a line through points; {@code NaN} interrupts it. */
    Plot line(String style, double[] xs, double[] ys) {
        StringBuilder d = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < xs.length; i++) {
            if (Double.isNaN(ys[i])) {
                drawing = false;
                continue;
            }
            d.append(drawing ? 'L' : 'M')
                    .append(Html.number(WIDTH * x.share(xs[i])))
                    .append(' ')
                    .append(up(ys[i]));
            drawing = true;
        }
        paths.append(path(style, d.toString()));
        return this;
    }

    /** Draws a horizontal line from edge to edge. */
    Plot level(double at) {
        paths.append(path("base", "M0 " + up(at) + "H" + WIDTH));
        return this;
    }

    Plot dot(double atX, double atY, boolean hollow, String title) {
        boxes.append("<span class=\"dot")
                .append(hollow ? " hollow" : "")
                .append("\" style=\"left:")
                .append(Html.number(100 * x.share(atX)))
                .append("%;bottom:")
                .append(Html.number(100 * y.share(atY)))
                .append("%\" title=\"")
                .append(Html.text(title))
                .append("\"></span>");
        return this;
    }

    /** Draws a vertical line from top to bottom. */
    Plot mark(double atX, String title) {
        boxes.append("<span class=\"mark\" style=\"left:")
                .append(Html.number(100 * x.share(atX)))
                .append("%\" title=\"")
                .append(Html.text(title))
                .append("\"></span>");
        return this;
    }

    /** Draws a column from the bottom up. */
    Plot column(double fromX, double toX, double height, String title) {
        double left = 100 * x.share(fromX);
        boxes.append("<span class=\"column\" style=\"left:calc(")
                .append(Html.number(left))
                .append("% + 1px);width:calc(")
                .append(Html.number(100 * x.share(toX) - left))
                .append("% - 2px);height:")
                .append(Html.number(100 * y.share(height)))
                .append("%\" title=\"")
                .append(Html.text(title))
                .append("\"></span>");
        return this;
    }

    /** Adds an entry to the legend. */
    Plot legend(String style, String name, String value) {
        legend.add("<li><i class=\"" + style + "\"></i>" + Html.text(name) + " <span>" + Html.text(value)
                + "</span></li>");
        return this;
    }

    String html() {
        for (Axis.Tick tick : y.ticks()) {
            labels.append("<span style=\"bottom:")
                    .append(Html.number(100 * y.share(tick.at())))
                    .append("%\">")
                    .append(Html.text(tick.label()))
                    .append("</span>");
        }
        StringBuilder below = new StringBuilder();
        for (int i = 0; i < x.ticks().size(); i++) {
            Axis.Tick tick = x.ticks().get(i);
            double share = x.share(tick.at());
            String style = share < 0.02 ? "first" : share > 0.98 ? "last" : i % 2 == 1 ? "minor" : "";
            below.append("<span class=\"")
                    .append(style)
                    .append("\" style=\"left:")
                    .append(Html.number(100 * share))
                    .append("%\">")
                    .append(Html.text(tick.label()))
                    .append("</span>");
        }
        return (legend.isEmpty() ? "" : "<ul class=\"legend\">" + String.join("", legend) + "</ul>")
                + "<figure class=\"plot " + shape + "\"><div class=\"ys\">" + labels + "</div><div class=\"area\">"
                + "<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                + paths + "</svg>" + boxes + "</div><div class=\"xs\">" + below + "</div></figure>";
    }

    private String up(double value) {
        return Html.number(HEIGHT * (1 - y.share(value)));
    }

    private static String path(String style, String d) {
        return "<path class=\"" + style + "\" d=\"" + d + "\"/>";
    }
}
