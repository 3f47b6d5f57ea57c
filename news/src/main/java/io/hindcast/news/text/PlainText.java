package io.hindcast.news.text;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** Converts HTML to plain text: no markup, entities resolved, mojibake repaired, single spaces. */
public final class PlainText {

    /** Elements without text of the article. */
    private static final String NO_TEXT =
            "script, style, noscript, template, svg, iframe, form, button, figure, aside, nav, [aria-hidden=true]";

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\u200B\\uFEFF]+");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Co}\\p{Cs}\\uFFFD&&[^\\n\\t\\r]]");
    private static final Pattern ENTITY =
            Pattern.compile("&(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});");

    private PlainText() {}

    /** Converts markup or plain text to one line. */
    public static String line(String html) {
        if (html.indexOf('<') < 0) {
            return clean(resolved(html));
        }
        Document document = Jsoup.parseBodyFragment(html);
        document.select(NO_TEXT).remove();
        return clean(resolved(document.text()));
    }

    /** Converts markup to paragraphs separated by an empty line. */
    public static String paragraphs(String html) {
        return paragraphs(Jsoup.parseBodyFragment(html).body());
    }

    /** Returns an element's paragraphs separated by an empty line. The element is not changed. */
    public static String paragraphs(Element element) {
        Element copy = element.clone();
        copy.select(NO_TEXT).remove();
        StringBuilder all = new StringBuilder();
        StringBuilder current = new StringBuilder();
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode text) {
                            current.append(text.getWholeText());
                        } else if (breaks(node)) {
                            end();
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        if (breaks(node)) {
                            end();
                        }
                    }

                    private void end() {
                        String paragraph = clean(resolved(current.toString()));
                        current.setLength(0);
                        if (!paragraph.isEmpty()) {
                            all.append(all.isEmpty() ? "" : "\n\n").append(paragraph);
                        }
                    }
                },
                copy);
        String rest = clean(resolved(current.toString()));
        return rest.isEmpty()
                ? all.toString()
                : all.append(all.isEmpty() ? "" : "\n\n").append(rest).toString();
    }

    /**
     * Normalises plain text: single spaces, no control characters or unpaired surrogates, mojibake repaired, composed
     * characters (NFC).
     */
    public static String clean(String text) {
        String repaired = CONTROLS.matcher(MojibakeRepair.repair(text)).replaceAll("");
        return Normalizer.normalize(SPACES.matcher(repaired).replaceAll(" "), Normalizer.Form.NFC)
                .strip();
    }

    /** Shortens text to at most {@code maxLength} characters, at a space if possible, with an ellipsis. */
    public static String shortened(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int space = text.lastIndexOf(' ', maxLength - 1);
        int end = space > maxLength / 2
                ? space
                : Character.isHighSurrogate(text.charAt(maxLength - 2)) ? maxLength - 2 : maxLength - 1;
        return text.substring(0, end).stripTrailing() + "…";
    }

    private static boolean breaks(Node node) {
        return node instanceof Element e && (e.isBlock() || e.normalName().equals("br"));
    }

    /** Resolves entities that were escaped twice, as feeds do. */
    private static String resolved(String text) {
        String once = ENTITY.matcher(text).find() ? Parser.unescapeEntities(text, false) : text;
        return ENTITY.matcher(once).find() ? Parser.unescapeEntities(once, false) : once;
    }
}
