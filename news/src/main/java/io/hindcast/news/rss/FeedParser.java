package io.hindcast.news.rss;

import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.web.FetchedPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Parses RSS, RDF, Atom and JSON feeds. Leniently: the format is recognised by content, whatever media type it is
 * served with, and a broken feed is read as far as possible. Entities and document types never refer to a file or
 * another site.
 */
final class FeedParser {

    private static final String FEED = "RSS, Atom or JSON feed";

    /** A document type with declarations of its own, whose entities may stand for anything. */
    private static final Pattern ENTITIES = Pattern.compile("<!DOCTYPE[^>\\[]*\\[", Pattern.CASE_INSENSITIVE);

    private FeedParser() {}

    static ParsedFeed parse(FetchedPage page) throws UnrecognisedPageException {
        Document document;
        try {
            document = Jsoup.parse(
                    new ByteArrayInputStream(page.body()),
                    page.charset(),
                    page.address().toString(),
                    Parser.xmlParser());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
        }
        Charset charset = document.charset();
        String text = new String(page.body(), charset);
        Element root = document.firstElementChild();
        if (root == null) {
            JsonFeed json = JsonFeed.of(text.replaceFirst("^\\uFEFF", ""))
                    .orElseThrow(() -> new UnrecognisedPageException(page.address(), FEED, text));
            return feed(json.title(), json.items(), false);
        }
        if (ENTITIES.matcher(text).find()) {
            throw new UnrecognisedPageException(page.address(), "feed without entities of its own", text);
        }
        XmlFeed feed = XmlFeed.of(root, page.address().toString())
                .orElseThrow(() -> new UnrecognisedPageException(
                        page.address(), FEED + ", but a document of type '" + root.tagName() + "'", text));
        List<RawFeedItem> items = feed.items();
        boolean truncated = feed.isTruncated(text);
        int complete = truncated ? Math.min(items.size(), feed.completeItems(text)) : items.size();
        return feed(feed.title(), items.subList(0, complete), truncated);
    }

    private static ParsedFeed feed(String title, List<RawFeedItem> all, boolean truncated) {
        List<FeedItem> items = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        List<String> malformedDates = new ArrayList<>();
        all.stream().limit(ParsedFeed.MAX_ITEMS).forEach(item -> item.parseInto(items, unreadable, malformedDates));
        return new ParsedFeed(
                PlainText.line(title),
                items,
                unreadable,
                malformedDates,
                Math.max(0, all.size() - ParsedFeed.MAX_ITEMS),
                truncated);
    }
}
