package io.hindcast.news.rss;

import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.web.Page;
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
 * Reads feeds as they are found in the wild: RSS, RDF, Atom and JSON Feed, by their content whatever type they are
 * served with, and as much of a broken one as can be read. No entity or document type leads to a file or another site.
 */
final class FeedReader {

    private static final String FEED = "RSS, Atom or JSON feed";

    /** Entities of its own may stand for anything, and are not resolved. */
    private static final Pattern ENTITIES = Pattern.compile("<!DOCTYPE[^>\\[]*\\[", Pattern.CASE_INSENSITIVE);

    private FeedReader() {}

    static Feed read(Page page) throws UnrecognisedPageException {
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
        List<RawItem> items = feed.items();
        boolean cutOff = feed.isCutOff(text);
        int whole = cutOff ? Math.min(items.size(), feed.complete(text)) : items.size();
        return feed(feed.title(), items.subList(0, whole), cutOff);
    }

    private static Feed feed(String title, List<RawItem> all, boolean cutOff) {
        List<FeedItem> items = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        List<String> oddDates = new ArrayList<>();
        all.stream().limit(Feed.MOST_ITEMS).forEach(item -> item.read(items, unread, oddDates));
        return new Feed(
                PlainText.line(title), items, unread, oddDates, Math.max(0, all.size() - Feed.MOST_ITEMS), cutOff);
    }
}
