package io.hindcast.news.yahoo;

import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.page.ArticlePage;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.text.PlainText;
import io.hindcast.news.text.StatedTime;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * An article's page of Yahoo Finance. What the page states for machines comes first; else the wrapper that its hook
 * marks, in it the title, the one absolute time and the paragraphs, also those behind "Story Continues", without
 * advertisements.
 */
record YahooArticle(String title, Optional<String> source, Optional<PublishedTime> published, String body) {

    private static final String WRAPPER = "[data-testid=article-content-wrapper], [data-testid=article-body], article";
    private static final int SHORTEST_BODY = 60;

    static YahooArticle read(Document page, URI at) throws UnrecognisedPageException {
        Element wrapper = page.selectFirst(WRAPPER);
        if (wrapper == null) {
            ArticlePage stated = ArticlePage.read(page, at);
            return new YahooArticle(stated.title(), stated.source(), stated.published(), stated.body());
        }
        String title = title(page, wrapper);
        String body = body(wrapper);
        if (title.isEmpty() || body.length() < SHORTEST_BODY) {
            throw new UnrecognisedPageException(
                    at, (title.isEmpty() ? "title" : "paragraphs") + " in " + WRAPPER, page.outerHtml());
        }
        Optional<PublishedTime> published = wrapper.select("time[datetime]").stream()
                .map(time -> StatedTime.read(time.attr("datetime")))
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
            Element stated = page.selectFirst("meta[property=og:title]");
            text = stated == null ? "" : PlainText.line(stated.attr("content"));
        }
        return PlainText.shortened(text, 500);
    }

    private static String body(Element wrapper) {
        Element copy = wrapper.clone();
        copy.select("[data-testid^=ad-], [data-testid$=-ad], aside, nav, footer, figure, form")
                .remove();
        Elements parts = copy.select("p, h3, h4, li, blockquote");
        Set<Element> known = new HashSet<>(parts);
        return PlainText.shortened(
                parts.stream()
                        .filter(part -> part.parents().stream().noneMatch(known::contains))
                        .map(part -> PlainText.clean(part.text()))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n\n")),
                50_000);
    }
}
