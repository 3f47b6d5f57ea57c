package io.hindcast.news.page;

import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.text.StatedTime;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * An article read from its page: what publishers state for machines (schema.org's JSON-LD, Open Graph), and of the
 * page's structure only that an article is where most of the paragraphs are. No class names: those change.
 *
 * @param address canonical, as the page itself states it if it names one on its own site
 * @param source the publisher's name, if stated
 * @param published as stated most precisely
 * @param body paragraphs separated by an empty line
 */
public record ArticlePage(
        ArticleUrl address,
        String title,
        String summary,
        Optional<String> source,
        Optional<PublishedTime> published,
        String body) {

    private static final int SHORTEST_BODY = 120;
    private static final int SHORTEST_PARAGRAPH = 40;
    private static final int LONGEST_BODY = 50_000;

    /** Reads the page that was found at {@code at}. */
    public static ArticlePage read(Document page, URI at) throws UnrecognisedPageException {
        StatedArticle stated = StatedArticle.of(page);
        String title = first(stated.headline(), meta(page, "og:title"), text(page.selectFirst("h1")));
        if (title.isEmpty()) {
            throw new UnrecognisedPageException(at, "title of an article", page.outerHtml());
        }
        String body = stated.body().length() >= SHORTEST_BODY ? stated.body() : PlainText.paragraphs(mainPart(page));
        if (body.length() < SHORTEST_BODY) {
            throw new UnrecognisedPageException(at, "paragraphs of an article", page.outerHtml());
        }
        return new ArticlePage(
                canonical(page, at),
                PlainText.shortened(title, 500),
                PlainText.shortened(
                        first(stated.description(), meta(page, "og:description"), meta(page, "description")), 5_000),
                Optional.of(first(stated.publisher(), meta(page, "og:site_name")))
                        .filter(name -> !name.isEmpty()),
                published(page, stated),
                PlainText.shortened(body, LONGEST_BODY));
    }

    private static Optional<PublishedTime> published(Document page, StatedArticle stated) {
        // Of the page's own marks the first: the others may be those of other articles.
        return StatedTime.mostPrecise(Stream.concat(
                Stream.of(stated.published(), meta(page, "article:published_time"))
                        .map(StatedTime::read)
                        .flatMap(Optional::stream),
                page.select("time[datetime]").stream()
                        .map(time -> StatedTime.read(time.attr("datetime")))
                        .flatMap(Optional::stream)
                        .limit(1)));
    }

    /** The element whose own paragraphs hold most text, or one above it that holds much more. */
    private static Element mainPart(Document page) {
        Map<Element, Integer> length = new HashMap<>();
        for (Element paragraph : page.select("p")) {
            int characters = paragraph.text().length();
            Element parent = paragraph.parent();
            if (characters >= SHORTEST_PARAGRAPH
                    && parent != null
                    && paragraph.closest("aside, nav, footer, form") == null) {
                length.merge(parent, characters, Integer::sum);
                Element above = parent.parent();
                if (above != null) {
                    // Some sites wrap each paragraph or each part: then the text is one level up.
                    length.merge(above, characters * 3 / 4, Integer::sum);
                }
            }
        }
        Element best = page.body();
        int most = 0;
        for (Element paragraph : page.select("p")) {
            for (Element part : new Element[] {
                paragraph.parent(),
                paragraph.parent() == null ? null : paragraph.parent().parent()
            }) {
                int characters = part == null ? 0 : length.getOrDefault(part, 0);
                if (part != null && characters > most) {
                    best = part;
                    most = characters;
                }
            }
        }
        return onlyText(best);
    }

    /** Without what stands between the paragraphs but is none of them. */
    private static Element onlyText(Element part) {
        Element copy = part.clone();
        copy.select("[data-testid^=ad-], [data-testid$=-ad], [role=navigation], [role=complementary]")
                .remove();
        return copy;
    }

    private static ArticleUrl canonical(Document page, URI at) {
        ArticleUrl here = new ArticleUrl(at.toString());
        return page.select("link[rel=canonical]").stream()
                .map(ArticlePage::target)
                .flatMap(Optional::stream)
                .filter(stated -> site(stated).equals(site(here)))
                .filter(stated -> stated.uri().getPath().length() > 1)
                .findFirst()
                .orElse(here);
    }

    private static Optional<ArticleUrl> target(Element link) {
        try {
            return Optional.of(new ArticleUrl(link.absUrl("href")));
        } catch (RefusedException e) {
            return Optional.empty(); // a page that names no address is its own
        }
    }

    private static String site(ArticleUrl url) {
        return url.host().replaceFirst("^www\\.", "");
    }

    private static String meta(Document page, String name) {
        Element meta = page.selectFirst("meta[property=\"" + name + "\"], meta[name=\"" + name + "\"]");
        return meta == null ? "" : PlainText.line(meta.attr("content"));
    }

    private static String text(@org.jspecify.annotations.Nullable Element element) {
        return element == null ? "" : PlainText.clean(element.text());
    }

    private static String first(String... candidates) {
        return List.of(candidates).stream()
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
