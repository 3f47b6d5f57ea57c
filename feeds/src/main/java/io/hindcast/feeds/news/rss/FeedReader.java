package io.hindcast.feeds.news.rss;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.feeds.news.page.UnrecognisedPageException;
import io.hindcast.feeds.news.text.PlainText;
import io.hindcast.feeds.news.web.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A feed as its items, newest first as it gives them. Feeds with a document type are refused: it could name files of this machine. */
final class FeedReader {

    private static final int MOST_ITEMS = 200;
    private static final int SHORTEST_BODY = 400;

    private FeedReader() {}

    /** A feed's title and items. */
    record Feed(String title, List<FeedItem> items) {}

    static Feed read(Page page) throws UnrecognisedPageException {
        SyndFeed feed;
        try (XmlReader text = new XmlReader(
                new ByteArrayInputStream(page.body()),
                page.charset() == null ? page.type() : page.type() + "; charset=" + page.charset(),
                true)) {
            feed = new SyndFeedInput().build(text);
        } catch (FeedException | IOException | IllegalArgumentException e) {
            throw unrecognised(page, "RSS or Atom feed (" + e.getMessage() + ")");
        }
        List<FeedItem> items = new ArrayList<>();
        for (SyndEntry entry : feed.getEntries()
                .subList(0, Math.min(MOST_ITEMS, feed.getEntries().size()))) {
            item(entry).ifPresent(items::add);
        }
        if (items.isEmpty()) {
            throw unrecognised(
                    page,
                    "item with a link and a title among " + feed.getEntries().size());
        }
        return new Feed(PlainText.line(text(feed.getTitle())), items);
    }

    private static Optional<FeedItem> item(SyndEntry entry) {
        String title = PlainText.shortened(PlainText.line(text(entry.getTitle())), 500);
        String link = entry.getLink() == null ? text(entry.getUri()) : entry.getLink();
        if (title.isEmpty()) {
            return Optional.empty();
        }
        try {
            ArticleUrl url = new ArticleUrl(link);
            SyndContent description = entry.getDescription();
            String summary = description == null ? "" : PlainText.line(text(description.getValue()));
            String body = entry.getContents().stream()
                    .map(content -> PlainText.paragraphs(text(content.getValue())))
                    .filter(text -> text.length() >= SHORTEST_BODY)
                    .findFirst()
                    .orElse("");
            String tags =
                    entry.getCategories().stream().map(SyndCategory::getName).collect(Collectors.joining(" | "));
            return Optional.of(new FeedItem(
                    url, title, PlainText.shortened(summary, 2_000), PlainText.line(tags), published(entry), body));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> published(SyndEntry entry) {
        Date date = entry.getPublishedDate() == null ? entry.getUpdatedDate() : entry.getPublishedDate();
        return Optional.ofNullable(date).map(Date::toInstant);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static UnrecognisedPageException unrecognised(Page page, String expected) {
        return new UnrecognisedPageException(page.address(), expected, new String(page.body(), StandardCharsets.UTF_8));
    }
}
