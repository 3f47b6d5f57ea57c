package io.hindcast.ml.report;

import java.util.Locale;

/** HTML fragments. */
final class Html {

    private Html() {}

    /** Escapes text for element content and quoted attributes. */
    static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Formats a number for CSS and SVG. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Returns a section of the page with a heading. */
    static String panel(String width, String heading, String note, String content) {
        return "<section class=\"panel " + width + "\"><h2>" + text(heading) + "</h2>"
                + (note.isEmpty() ? "" : "<p class=\"note\">" + text(note) + "</p>") + content + "</section>\n";
    }
}
