package io.hindcast.ml.report;

import java.util.Locale;

/** Pieces of HTML. */
final class Html {

    private Html() {}

    /** Text as it may stand between tags and in quoted attributes. */
    static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A number as CSS and SVG want it. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** A part of a page under a heading. */
    static String panel(String width, String heading, String note, String content) {
        return "<section class=\"panel " + width + "\"><h2>" + text(heading) + "</h2>"
                + (note.isEmpty() ? "" : "<p class=\"note\">" + text(note) + "</p>") + content + "</section>\n";
    }
}
