package io.hindcast.news.page;

import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.text.PublicationTimeParser;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * An article read from its page: from metadata (schema.org's JSON-LD, Open Graph), else from where most of the page's
 * paragraphs are. Class names are not used, since they change.
 *
 * @param address canonical address if the page states one on its own site, else the page's own
 * @param source name of the publisher, if stated
 * @param published most precise of the stated times
 * @param body paragraphs separated by an empty line
 */
public record ArticlePage(
        ArticleUrl address,
        String title,
        String summary,
        Optional<String> source,
        Optional<PublishedTime> published,
        String body) {

    private static final int MIN_BODY_LENGTH = 120;
    private static final int MAX_BODY_LENGTH = 50_000;

    /**
     * Parses a page.
     *
     * @param at address of the page
     * @throws UnrecognisedPageException if it has no title or too little text
     */
    public static ArticlePage parse(Document page, URI at) throws UnrecognisedPageException {
        JsonLdArticle jsonLd = JsonLdArticle.of(page);
        String title = first(jsonLd.headline(), meta(page, "og:title"), text(page.selectFirst("h1")));
        if (title.isEmpty()) {
            throw new UnrecognisedPageException(at, "title of an article", page.outerHtml());
        }
        String body =
                jsonLd.body().length() >= MIN_BODY_LENGTH ? jsonLd.body() : PlainText.paragraphs(MainContent.of(page));
        if (body.length() < MIN_BODY_LENGTH) {
            throw new UnrecognisedPageException(at, "paragraphs of an article", page.outerHtml());
        }
        return new ArticlePage(
                canonical(page, at),
                PlainText.shortened(title, 500),
                PlainText.shortened(
                        first(jsonLd.description(), meta(page, "og:description"), meta(page, "description")), 5_000),
                Optional.of(first(jsonLd.publisher(), meta(page, "og:site_name")))
                        .filter(name -> !name.isEmpty()),
                published(page, jsonLd),
                PlainText.shortened(body, MAX_BODY_LENGTH));
    }

    private static Optional<PublishedTime> published(Document page, JsonLdArticle jsonLd) {
        // Only the first <time>: the others may belong to other articles.
        return PublicationTimeParser.mostPrecise(Stream.concat(
                Stream.of(jsonLd.published(), meta(page, "article:published_time"))
                        .map(PublicationTimeParser::parse)
                        .flatMap(Optional::stream),
                page.select("time[datetime]").stream()
                        .map(time -> PublicationTimeParser.parse(time.attr("datetime")))
                        .flatMap(Optional::stream)
                        .limit(1)));
    }

    private static ArticleUrl canonical(Document page, URI at) {
        ArticleUrl here = new ArticleUrl(at.toString());
        return page.select("link[rel=canonical]").stream()
                .map(ArticlePage::target)
                .flatMap(Optional::stream)
                .filter(link -> site(link).equals(site(here)))
                .filter(link -> link.uri().getPath().length() > 1)
                .findFirst()
                .orElse(here);
    }

    private static Optional<ArticleUrl> target(Element link) {
        try {
            return Optional.of(new ArticleUrl(link.absUrl("href")));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static String site(ArticleUrl url) {
        return url.host().replaceFirst("^www\\.", "");
    }

    private static String meta(Document page, String name) {
        Element meta = page.selectFirst("meta[property=\"" + name + "\"], meta[name=\"" + name + "\"]");
        return meta == null ? "" : PlainText.line(meta.attr("content"));
    }

    private static String text(@Nullable Element element) {
        return element == null ? "" : PlainText.clean(element.text());
    }

    private static String first(String... candidates) {
        return List.of(candidates).stream()
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
