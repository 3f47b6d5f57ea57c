package io.hindcast.news.yahoo;

import io.hindcast.news.PageServer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A site that behaves like Yahoo Finance: asks for consent, shows a few stories, and loads more by script when scrolled
 * to the end. Serves saved or generated pages whose links lead to itself.
 */
final class YahooSite {

    static final String LISTING = "/quote/BTC-USD/news/";
    private static final String SCRIPT = """
            let next = 0, busy = false;
            const more = async () => {
              if (busy || innerHeight + scrollY < document.documentElement.scrollHeight - 100) return;
              busy = true;
              const answer = await fetch('/more?from=' + next++);
              const html = answer.status === 200 ? await answer.text() : '';
              document.getElementById('stream').insertAdjacentHTML('beforeend', html);
              busy = false;
            };
            addEventListener('scroll', more);""";

    private final PageServer server;

    YahooSite(PageServer server) {
        this.server = server;
    }

    /** Serves a listing with these stories, the first four at once. */
    YahooSite listing(List<String> stories) {
        return listing(LISTING, stories);
    }

    /** Serves a listing at another path. */
    YahooSite listing(String path, List<String> stories) {
        int atFirst = Math.min(4, stories.size());
        String page = "<!DOCTYPE html><html><head><title>News</title></head><body style='min-height:4000px'>"
                + "<section data-testid='recent-news'><div id='stream'>" + String.join("", stories.subList(0, atFirst))
                + "<section data-testid='storyaditem'><a href='https://ads.example/x'><h3>Buy</h3></a></section></div>"
                + "</section><script>" + SCRIPT + "</script></body></html>";
        server.on("/more", exchange -> {
            int from = atFirst
                    + 3 * Integer.parseInt(exchange.getRequestURI().getQuery().replace("from=", ""));
            boolean none = from >= stories.size();
            PageServer.answer(
                    exchange,
                    none ? 204 : 200,
                    "text/html",
                    none ? "" : String.join("", stories.subList(from, Math.min(stories.size(), from + 3))));
        });
        return behindConsent(path, page);
    }

    /** Serves an endless listing. */
    YahooSite endless() {
        List<String> first = generated(4);
        listing(first);
        server.on("/more", exchange -> {
            int from =
                    4 + 3 * Integer.parseInt(exchange.getRequestURI().getQuery().replace("from=", ""));
            PageServer.answer(
                    exchange,
                    200,
                    "text/html",
                    String.join("", generated(from + 3).subList(from, from + 3)));
        });
        return this;
    }

    YahooSite behindConsent(String page) {
        return behindConsent(LISTING, page);
    }

    /** Serves a page only after the consent dialog was answered. */
    private YahooSite behindConsent(String path, String page) {
        server.on(path, exchange -> {
            String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
            if (cookie.contains("answered=reject")) {
                PageServer.answer(exchange, 200, "text/html; charset=utf-8", page);
            } else {
                exchange.getResponseHeaders().set("Location", "/v2/collectConsent?sessionId=1");
                PageServer.answer(exchange, 302, "text/html", "");
            }
        });
        server.html("/v2/collectConsent", """
                <html><body><div class="con-wizard"><h1>Before you continue</h1>
                <form class="consent-form" action="/v2/answerConsent" method="get">
                <button type="submit" class="btn accept-all" name="agree" value="agree">Accept all</button>
                <button type="submit" class="btn reject-all" name="reject" value="reject">Reject all</button>
                </form></div></body></html>""");
        server.on("/v2/answerConsent", exchange -> {
            boolean rejected =
                    String.valueOf(exchange.getRequestURI().getQuery()).contains("reject");
            exchange.getResponseHeaders().set("Set-Cookie", "answered=" + (rejected ? "reject" : "agree") + "; Path=/");
            exchange.getResponseHeaders().set("Location", LISTING);
            PageServer.answer(exchange, 302, "text/html", "");
        });
        return this;
    }

    /** Generates stories like the site's, with both forms of addresses. */
    List<String> generated(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> story(
                        i % 2 == 0
                                ? "/news/story-number-" + i + "-0" + (83520000 + i) + ".html"
                                : "/markets/crypto/articles/story-number-" + i + "-0" + (83520000 + i) + ".html",
                        "Story number " + i,
                        i + 1 + "h ago"))
                .toList();
    }

    String story(String path, String title, String ago) {
        return "<div class='stream-item yf-17p5yb6'><section class='container yf-1u32w3i' data-testid='storyitem' role='article'>"
                + "<a class='thumb yf-119g04z' href='" + server.at(path) + "'><img src='/x.png'></a>"
                + "<div class='content yf-1u32w3i'><a class='titles yf-119g04z' href='" + server.at(path)
                + "'><h3 class='clamp yf-1u32w3i'>"
                + title + "</h3></a><div class='footer yf-1u32w3i'><div class='publishing yf-bmkwve'>Example Wire "
                + "<i aria-hidden='true'>•</i> " + ago + "</div></div></div></section></div>";
    }

    /** Returns the stories of a saved page, with links to this site. */
    List<String> storiesOf(Document saved) {
        for (Element link : saved.select("[data-testid=storyitem] a[href^=https://finance.yahoo.com]")) {
            link.attr(
                    "href",
                    link.attr("href")
                            .replace("https://finance.yahoo.com", server.at("").toString()));
        }
        return saved.select("[data-testid=storyitem]").stream()
                .map(Element::outerHtml)
                .toList();
    }

    /** Serves an article for every story on this site. */
    YahooSite articles(List<String> stories, String article) {
        for (String story : stories) {
            Element headline = Jsoup.parseBodyFragment(story).selectFirst("h3");
            String title = headline == null ? "" : headline.text();
            Matcher path = Pattern.compile("href=[\"']http://[^/]+(/[^\"'?]+)").matcher(story);
            if (path.find()) {
                server.html(path.group(1), article.replace("TITLE", title));
            }
        }
        return this;
    }

    /** Markup of an article's page in the form of the site. */
    static final String ARTICLE = """
            <html><body><div class="article-wrap" data-testid="article-content-wrapper"><div class="cover-wrap yf-1rjrr1">
            <a class="subtle-link" data-ylk="elm:logo;slk:Example" href="https://example.com" aria-label="Example Wire"></a>
            <div class="cover-title yf-1rjrr1">TITLE</div></div><div class="byline"><time class="byline-attr-meta-time"
            datetime="2026-02-01T05:45:04.000Z">Sun, February 1, 2026</time></div><div class="body-wrap"><div class="atoms-wrapper">
            <p class="yf-1090901">The first paragraph says what happened, at some length.</p>
            <div data-testid="inarticle-ad"><p>Buy this.</p></div>
            <p>The second one &amp; says why.</p></div><button>Story Continues</button>
            <div data-testid="read-more" style="display:none"><p>The third one was hidden.</p></div></div></div></body></html>""";

    /** Returns the markup with every hash in class names changed. */
    static String otherHashes(String html) {
        return Pattern.compile("yf-[0-9a-z]+")
                .matcher(html)
                .replaceAll(m -> "yf-" + Integer.toHexString(m.group().hashCode()));
    }
}
