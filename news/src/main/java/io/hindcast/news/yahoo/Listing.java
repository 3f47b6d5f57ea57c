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

/**
 * The stories of a symbol's page. Found by {@code data-testid} hooks, or where those are gone by structure: an article
 * with a headline in a link. Class names end in hashes that change with every release of the site and are not looked
 * at.
 */
final class Listing {

    /** What a story is recognised by, for the browser, too. */
    static final String STORIES = "[data-testid=storyitem], section[role=article]:has(a h3, h3 a)";

    private static final int LONGEST_STORY = 4_000;
    private static final char DOT = '•';

    private Listing() {}

    /** The stories in the page's order, each once. A page without any that can be read is not understood. */
    static List<Story> read(Document page, URI at, Instant now) throws UnrecognisedPageException {
        Elements items = page.select(STORIES);
        Map<ArticleUrl, Story> stories = new LinkedHashMap<>();
        int unread = 0;
        for (Element item : items) {
            Optional<Story> story = story(item, now);
            story.ifPresent(found -> stories.putIfAbsent(found.link(), found));
            unread += story.isEmpty() ? 1 : 0;
        }
        if (stories.isEmpty() || unread > items.size() / 2) {
            String expected = items.isEmpty()
                    ? "story (" + STORIES + ")"
                    : "link and headline in " + unread + " of " + items.size() + " stories";
            throw new UnrecognisedPageException(at, expected, page.outerHtml());
        }
        return List.copyOf(stories.values());
    }

    private static Optional<Story> story(Element item, Instant now) {
        Element headline = item.selectFirst("h3, h2, h4");
        String title = headline == null ? "" : PlainText.clean(headline.text());
        Element link = link(item, headline);
        if (title.isEmpty() || link == null || item.text().length() > LONGEST_STORY) {
            return Optional.empty();
        }
        try {
            String[] publishing = publishing(item);
            Element summary = item.selectFirst("p");
            return Optional.of(new Story(
                    new ArticleUrl(link.absUrl("href")),
                    PlainText.shortened(title, 500),
                    publishing[0],
                    summary == null ? "" : PlainText.shortened(PlainText.clean(summary.text()), 2_000),
                    RelativeTime.read(publishing[1], now)));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static @org.jspecify.annotations.Nullable Element link(
            Element item, @org.jspecify.annotations.Nullable Element headline) {
        Element around = headline == null ? null : headline.closest("a[href]");
        if (around != null) {
            return around;
        }
        Element inside = headline == null ? null : headline.selectFirst("a[href]");
        return inside == null ? item.selectFirst("a[href]") : inside;
    }

    /** Publisher and time, which stand around a dot in the smallest element that holds one. */
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
