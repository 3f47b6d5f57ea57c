package io.hindcast.news.yahoo;

import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.page.ArticlePage;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.text.PublicationTimeParser;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * An article read from its page on Yahoo Finance: title, absolute time and paragraphs of the article's wrapper element,
 * including those hidden behind "Story Continues", without advertisements. A page without a wrapper is read like any
 * other site's.
 */
record YahooArticle(String title, Optional<String> source, Optional<PublishedTime> published, String body) {

    private static final String WRAPPER = "[data-testid=article-content-wrapper], [data-testid=article-body], article";
    private static final int MIN_BODY_LENGTH = 60;

    static YahooArticle parse(Document page, URI at) throws UnrecognisedPageException {
        Element wrapper = page.selectFirst(WRAPPER);
        if (wrapper == null) {
            ArticlePage other = ArticlePage.parse(page, at);
            return new YahooArticle(other.title(), other.source(), other.published(), other.body());
        }
        String title = title(page, wrapper);
        String body = body(wrapper);
        if (title.isEmpty() || body.length() < MIN_BODY_LENGTH) {
            throw new UnrecognisedPageException(
                    at, (title.isEmpty() ? "title" : "paragraphs") + " in " + WRAPPER, page.outerHtml());
        }
        Optional<PublishedTime> published = wrapper.select("time[datetime]").stream()
                .map(time -> PublicationTimeParser.parse(time.attr("datetime")))
                .flatMap(Optional::stream)
                .findFirst();
        Element logo = wrapper.selectFirst("a[aria-label][data-ylk*=logo]");
        Optional<String> source = Optional.ofNullable(logo)
                .map(element -> PlainText.clean(element.attr("aria-label")))
                .filter(name -> !name.isEmpty());
        return new YahooArticle(title, source, published, body);
    }

    private static String title(Document page, Element wrapper) {
        Element title = wrapper.selectFirst("h1, [class*=cover-title], [data-testid*=title]");
        if (title == null) {
            title = page.selectFirst("h1");
        }
        String text = title == null ? "" : PlainText.clean(title.text());
        if (text.isEmpty()) {
            Element meta = page.selectFirst("meta[property=og:title]");
            text = meta == null ? "" : PlainText.line(meta.attr("content"));
        }
        return PlainText.shortened(text, 500);
    }

    private static String body(Element wrapper) {
        Element copy = wrapper.clone();
        copy.select("[data-testid^=ad-], [data-testid$=-ad], aside, nav, footer, figure, form")
                .remove();
        Elements parts = copy.select("p, h3, h4, li, blockquote");
        Set<Element> selected = new HashSet<>(parts);
        return PlainText.shortened(
                parts.stream()
                        .filter(part -> part.parents().stream().noneMatch(selected::contains))
                        .map(part -> PlainText.clean(part.text()))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n\n")),
                50_000);
    }
}
