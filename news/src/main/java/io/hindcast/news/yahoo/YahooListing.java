package io.hindcast.news.yahoo;

import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.text.PlainText;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Parser of a symbol's listing. Stories are found by {@code data-testid} attributes, or without those by structure: an
 * article with a headline in a link. Class names end in hashes that change with every release, and are not used.
 */
final class YahooListing {

    /** CSS selector of stories, also evaluated in the browser. */
    static final String STORIES = "[data-testid=storyitem], section[role=article]:has(a h3, h3 a)";

    private static final int MAX_STORY_LENGTH = 4_000;
    private static final char DOT = '•';

    private YahooListing() {}

    /**
     * Returns the stories in the page's order, each once.
     *
     * @param now time for relative times of publication
     * @throws UnrecognisedPageException if there are no stories, or more than half of them are unreadable
     */
    static List<YahooStory> parse(Document page, URI at, Instant now) throws UnrecognisedPageException {
        Elements items = page.select(STORIES);
        Map<ArticleUrl, YahooStory> stories = new LinkedHashMap<>();
        int unreadable = 0;
        for (Element item : items) {
            Optional<YahooStory> story = story(item, now);
            story.ifPresent(found -> stories.putIfAbsent(found.link(), found));
            unreadable += story.isEmpty() ? 1 : 0;
        }
        if (stories.isEmpty() || unreadable > items.size() / 2) {
            String expected = items.isEmpty()
                    ? "story (" + STORIES + ")"
                    : "link and headline in " + unreadable + " of " + items.size() + " stories";
            throw new UnrecognisedPageException(at, expected, page.outerHtml());
        }
        return List.copyOf(stories.values());
    }

    private static Optional<YahooStory> story(Element item, Instant now) {
        Element headline = item.selectFirst("h3, h2, h4");
        String title = headline == null ? "" : PlainText.clean(headline.text());
        Element link = link(item, headline);
        if (title.isEmpty() || link == null || item.text().length() > MAX_STORY_LENGTH) {
            return Optional.empty();
        }
        try {
            String[] publishing = publishing(item);
            Element summary = item.selectFirst("p");
            return Optional.of(new YahooStory(
                    new ArticleUrl(link.absUrl("href")),
                    PlainText.shortened(title, 500),
                    publishing[0],
                    summary == null ? "" : PlainText.shortened(PlainText.clean(summary.text()), 2_000),
                    RelativeTimeParser.parse(publishing[1], now)));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Element link(Element item, @Nullable Element headline) {
        Element around = headline == null ? null : headline.closest("a[href]");
        if (around != null) {
            return around;
        }
        Element inside = headline == null ? null : headline.selectFirst("a[href]");
        return inside == null ? item.selectFirst("a[href]") : inside;
    }

    /** Returns publisher and time, which surround a dot; the smallest element with one is taken. */
    private static String[] publishing(Element item) {
        Element smallest = null;
        for (Element element : item.select("*")) {
            String text = element.text();
            int dot = text.lastIndexOf(DOT);
            if (dot > 0
                    && dot < text.length() - 1
                    && (smallest == null || text.length() <= smallest.text().length())) {
                smallest = element;
            }
        }
        if (smallest == null) {
            return new String[] {"", ""};
        }
        String text = PlainText.clean(smallest.text());
        int dot = text.lastIndexOf(DOT);
        return new String[] {
            text.substring(0, dot).strip(), text.substring(dot + 1).strip()
        };
    }
}
