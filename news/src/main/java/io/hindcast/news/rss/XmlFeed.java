package io.hindcast.news.rss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * An RSS, RDF or Atom document, parsed without namespaces, so that undeclared prefixes are accepted like declared ones.
 */
final class XmlFeed {

    private static final String BASE = "xml:base";

    /** Element name of items: {@code item}, or in Atom {@code entry} with the document's prefix. */
    private final String entry;

    private final String prefix;
    private final Element root;
    private final Element channel;
    private final String site;

    /** @param address address of the document, for relative links */
    private XmlFeed(Element root, String address) {
        String name = root.tagName();
        boolean atom = local(name).equals("feed");
        this.root = root;
        this.prefix = atom ? name.substring(0, name.length() - "feed".length()) : "";
        this.entry = atom ? prefix + "entry" : "item";
        Element inner = child(root, "channel");
        this.channel = atom || inner == null ? root : inner;
        String link = atom ? "" : text(channel, "link");
        this.site = isAbsolute(link) ? link : address;
    }

    /** Returns the feed with this root element; empty if it is no feed. */
    static Optional<XmlFeed> of(Element root, String address) {
        return switch (local(root.tagName())) {
            case "rss", "RDF", "feed" -> Optional.of(new XmlFeed(root, address));
            default -> Optional.empty();
        };
    }

    String title() {
        return text(channel, prefix + "title");
    }

    /** Returns whether the document's text ends before its root element does. */
    boolean isTruncated(String text) {
        return text.lastIndexOf("</" + root.tagName()) < 0;
    }

    /** Returns the number of items that end within the text; the rest of a truncated one may be wrong. */
    int completeItems(String text) {
        return (int) Pattern.compile("</" + Pattern.quote(entry) + "\\s*>")
                .matcher(text)
                .results()
                .count();
    }

    List<RawFeedItem> items() {
        List<RawFeedItem> items = new ArrayList<>();
        for (Element each : root.getElementsByTag(entry)) {
            items.add(new RawFeedItem(
                    content(child(each, prefix + "title")),
                    link(each),
                    contents(each, "description", prefix + "summary", "itunes:summary", "media:description").stream()
                            .findFirst()
                            .orElse(""),
                    tags(each),
                    contents(
                            each,
                            "pubDate",
                            prefix + "published",
                            "dc:date",
                            "dcterms:issued",
                            "dcterms:created",
                            prefix + "updated",
                            "atom:updated",
                            "dcterms:modified"),
                    contents(each, "content:encoded", prefix + "content")));
        }
        return items;
    }

    private String link(Element item) {
        Optional<String> href = Stream.of(prefix + "link", "atom:link")
                .distinct()
                .flatMap(name -> children(item, name))
                .filter(link -> link.hasAttr("href"))
                .filter(link -> link.attr("rel").isEmpty() || link.attr("rel").equals("alternate"))
                .map(link -> resolved(link, link.attr("href")))
                .findFirst();
        return Stream.of(
                        children(item, "link").map(link -> resolved(link, link.wholeText())),
                        href.stream(),
                        children(item, "guid")
                                .filter(id -> !id.attr("isPermaLink").equalsIgnoreCase("false"))
                                .map(Element::wholeText)
                                .map(String::strip)
                                .filter(XmlFeed::isAbsolute),
                        children(item, prefix + "id")
                                .map(Element::wholeText)
                                .map(String::strip)
                                .filter(XmlFeed::isAbsolute))
                .flatMap(links -> links)
                .filter(link -> !link.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Resolves a relative link against the nearest {@code xml:base}, the site or the feed. */
    private String resolved(Element at, String link) {
        String stripped = link.strip();
        return stripped.isEmpty() || isAbsolute(stripped) ? stripped : against(base(at), stripped);
    }

    private String base(Element at) {
        for (Element element = at; element != null; element = element.parent()) {
            String stated = element.attr(BASE).strip();
            if (!stated.isEmpty()) {
                Element parent = element.parent();
                return isAbsolute(stated) || parent == null ? stated : against(base(parent), stated);
            }
        }
        return site;
    }

    private static String against(String base, String relative) {
        Element link = new Element("a");
        link.setBaseUri(base);
        return link.attr("href", relative).absUrl("href");
    }

    private static boolean isAbsolute(String link) {
        return link.matches("(?s)[a-zA-Z][a-zA-Z0-9+.-]*:.*");
    }

    private static List<String> tags(Element item) {
        return Stream.concat(
                        Stream.of("category", "atom:category").flatMap(name -> children(item, name)),
                        children(item, "dc:subject"))
                .map(tag -> tag.hasAttr("term") ? tag.attr(tag.hasAttr("label") ? "label" : "term") : tag.wholeText())
                .toList();
    }

    private static List<String> contents(Element item, String... names) {
        return Stream.of(names)
                .distinct()
                .flatMap(name -> children(item, name))
                .map(XmlFeed::content)
                .filter(text -> !text.isBlank())
                .toList();
    }

    /** Returns the markup of a text construct, whether escaped or inline. */
    private static String content(@Nullable Element element) {
        if (element == null) {
            return "";
        }
        return element.attr("type").equals("xhtml") ? element.html() : element.wholeText();
    }

    private static String text(Element parent, String name) {
        return content(child(parent, name)).strip();
    }

    private static @Nullable Element child(Element parent, String name) {
        return children(parent, name).findFirst().orElse(null);
    }

    private static Stream<Element> children(Element parent, String name) {
        return parent.children().stream().filter(child -> child.tagName().equals(name));
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
