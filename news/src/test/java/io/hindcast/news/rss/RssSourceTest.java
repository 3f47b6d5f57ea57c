package io.hindcast.news.rss;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.ArticleIntake;
import io.hindcast.news.ArticleSender;
import io.hindcast.news.CollectionSchedule;
import io.hindcast.news.FakeNewsBus;
import io.hindcast.news.NewsCollector;
import io.hindcast.news.NewsStatus;
import io.hindcast.news.PageServer;
import io.hindcast.news.SymbolKeywords;
import io.hindcast.news.page.SavedPages;
import io.hindcast.news.web.FetchSettings;
import io.hindcast.news.web.PoliteFetcher;
import io.hindcast.news.web.PublicAddressResolver;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FakeWallTimer;
import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SharedData;
import io.hindcast.runtime.SupervisedLoop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RssSourceTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final Instant NOW = Instant.parse("2025-04-08T12:00:00Z");
    private static final String BODY =
            "<p>" + "A paragraph that is long enough to be part of an article. ".repeat(4) + "</p>";

    @TempDir
    Path folder;

    private final PageServer server = new PageServer();
    private final FakeWallTimer waits = new FakeWallTimer(NOW);
    private int unchanged;
    private final FakeNewsBus bus = new FakeNewsBus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Outages outages = new Outages(waits);
    private final NewsStatus status = new NewsStatus(meters, waits, outages);
    private final ArticleIntake intake = new ArticleIntake(new ArticleSender(bus, waits, new Random(1), status), waits);
    private final PoliteFetcher fetcher = new PoliteFetcher(
            new FetchSettings(
                    "Hindcast/0 (test)",
                    new FetchSettings.Politeness(Duration.ofSeconds(1), 1),
                    new FetchSettings.Limits(2_000_000, Duration.ofSeconds(10), Duration.ofSeconds(2), 3, 1),
                    Set.of(PageServer.HOST)),
            new PublicAddressResolver(Set.of(PageServer.HOST)),
            waits,
            waits,
            new Random(1));
    private final RssSource source =
            new RssSource("example", server.at("/feed"), new SymbolKeywords(List.of(BTC, ETH), Map.of()), fetcher);

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    private void collect() throws InterruptedException {
        collector().collect(source);
    }

    private NewsCollector collector() {
        return new NewsCollector(
                List.of(source),
                intake,
                new CollectionSchedule(Duration.ofMinutes(30)),
                waits,
                new SupervisedLoop.Context(
                        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)), waits, new Random(1), outages, meters),
                new SavedPages(folder),
                status);
    }

    private void feed(String... items) {
        String feed = "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Example Feed</title>"
                + "<link>https://example.com</link><description>x</description>" + String.join("", items)
                + "</channel></rss>";
        server.on("/feed", exchange -> PageServer.answer(exchange, 200, "application/rss+xml; charset=utf-8", feed));
    }

    private String item(String path, String title) {
        return "<item><title>" + title + "</title><link>" + server.at(path) + "?utm_source=rss</link>"
                + "<description><![CDATA[<p>About &amp;#8220;it&amp;#8221;.</p>]]></description>"
                + "<pubDate>Tue, 08 Apr 2025 08:15:56 +0200</pubDate></item>";
    }

    private String page(String title) {
        return "<html><head><meta property='og:site_name' content='Example'></head><body><h1>" + title + "</h1><div>"
                + BODY + "</div></body></html>";
    }

    private double counted(String meter) {
        return meters.find(meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void readsItemsAboutSymbolsAndTheirPages() throws Exception {
        feed(
                item("/b", "Ether &amp; Bitcoin rise"),
                item("/a", "A methodical Bitcoiner"),
                item("/c", "Apple pie"),
                item("/d", "BTC's week"));
        server.html("/b", page("x")).html("/d", page("x"));
        collect();
        assertThat(bus.articles().values())
                .extracting(DiscoverArticle::title, DiscoverArticle::symbols)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("BTC's week", List.of(BTC)),
                        org.assertj.core.groups.Tuple.tuple("Ether & Bitcoin rise", List.of(BTC, ETH)));
        DiscoverArticle first = bus.articles().values().iterator().next();
        assertThat(first.url().uri()).isEqualTo(server.at("/d"));
        assertThat(first.summary()).isEqualTo("About “it”.");
        assertThat(first.source()).isEqualTo("Example");
        assertThat(first.channel()).isEqualTo("rss:example");
        assertThat(first.published()).isEqualTo(PublishedTime.stated(Instant.parse("2025-04-08T06:15:56Z")));
        assertThat(first.firstSeenAt()).isAfterOrEqualTo(NOW);
        assertThat(bus.body(first.articleId()).orElseThrow()).contains("A paragraph that is long enough");
        assertThat(server.requests("/c")).isZero();
    }

    @Test
    void readsAtom() throws Exception {
        server.html("/a", page("x"));
        server.on(
                "/feed",
                exchange -> PageServer.answer(exchange, 200, "application/atom+xml", """
                <feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><id>x</id><updated>2025-04-08T06:00:00Z</updated>
                <entry><title type="html">Bitcoin &amp;amp; co</title><id>1</id><link href="%s"/><updated>2025-04-08T06:00:00Z</updated>
                <summary>S</summary></entry></feed>""".formatted(server.at("/a"))));
        collect();
        assertThat(bus.articles().values()).extracting(DiscoverArticle::title).containsExactly("Bitcoin & co");
    }

    @Test
    void recordsFinalAddressOfRedirects() throws Exception {
        feed(item("/short", "Bitcoin rises"));
        server.redirect("/short", "/long?fbclid=1").html("/long", page("x"));
        collect();
        assertThat(bus.articles().values().iterator().next().url().uri()).isEqualTo(server.at("/long"));
    }

    @Test
    void readsPageAgainOnlyWhenItsItemChanges() throws Exception {
        feed(item("/a", "Bitcoin rises"));
        server.html("/a", page("x"));
        NewsCollector collector = collector();
        collector.collect(source);
        collector.collect(source);
        assertThat(server.requests("/a")).isEqualTo(1);
        feed(item("/a", "Bitcoin rises, corrected"));
        collector.collect(source);
        assertThat(server.requests("/a")).isEqualTo(2);
    }

    @Test
    void countsUnchangedFeedAsRead() throws Exception {
        feed(item("/a", "Bitcoin rises"));
        HttpHandler whole = server.page("/feed");
        server.html("/a", page("x")).on("/feed", exchange -> {
            exchange.getResponseHeaders().set("ETag", "W/\"7\"");
            if ("W/\"7\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                unchanged++;
                PageServer.answer(exchange, 304, "text/xml", "");
            } else {
                whole.handle(exchange);
            }
        });
        collect();
        assertThat(unchanged).isZero();
        waits.advance(Duration.ofMinutes(30));
        collect();
        assertThat(unchanged).isEqualTo(1);
        assertThat(bus.articles()).hasSize(1);
        assertThat(status.lastSuccess("rss:example").orElseThrow()).isAfterOrEqualTo(NOW.plus(Duration.ofMinutes(30)));
        assertThat(counted("hindcast.news.failures") + counted("hindcast.news.unrecognised"))
                .isZero();
    }

    /** Titles in CDATA, elements of other vocabularies, full text in the feed. */
    @Test
    void readsFeedInFormOfDefaultSites() throws Exception {
        server.status("/a", 403);
        server.on(
                "/feed",
                exchange -> PageServer.answer(exchange, 200, "application/xml; charset=utf-8", """
                <?xml version="1.0" encoding="UTF-8"?><rss xmlns:atom="http://www.w3.org/2005/Atom"
                xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:media="http://search.yahoo.com/mrss/" version="2.0"><channel><title><![CDATA[Example: News & More]]></title>
                <link>https://example.com</link><atom:link href="https://example.com/rss" rel="self" type="application/rss+xml"/>
                <description><![CDATA[x]]></description><image><url>https://example.com/i.png</url><title>i</title><link>l</link></image>
                <item><title><![CDATA[Bitcoin\u2019s week &amp; Ether]]></title><link>%s?utm_source=rss&amp;utm_medium=feed</link>
                <guid isPermaLink="false">4f0c</guid><dc:creator><![CDATA[Somebody]]></dc:creator>
                <pubDate>Tue, 08 Apr 2025 06:15:56 +0000</pubDate><category><![CDATA[Markets]]></category>
                <media:content url="https://example.com/a.jpg" type="image/jpeg"/>
                <description><![CDATA[<img src="x"><p>It <b>rose</b>.</p>]]></description>
                <content:encoded><![CDATA[%s]]></content:encoded></item></channel></rss>""".formatted(
                                server.at("/a"), BODY.repeat(2))));
        collect();
        DiscoverArticle article = bus.articles().values().iterator().next();
        assertThat(article.title()).isEqualTo("Bitcoin’s week & Ether");
        assertThat(article.symbols()).containsExactly(BTC, ETH);
        assertThat(article.source()).isEqualTo("Example: News & More");
        assertThat(article.summary()).isEqualTo("It rose.");
        assertThat(article.published()).isEqualTo(PublishedTime.stated(Instant.parse("2025-04-08T06:15:56Z")));
        assertThat(article.url().uri()).isEqualTo(server.at("/a"));
        assertThat(bus.body(article.articleId()).orElseThrow()).startsWith("A paragraph that is long enough");
    }

    @Test
    void recordsItemAloneWhenItsPageFails() throws Exception {
        feed(item("/a", "Bitcoin rises"), item("/b", "Bitcoin falls"));
        server.status("/a", 403).html("/b", "<html><body>no article</body></html>");
        collect();
        assertThat(bus.articles()).hasSize(2);
        assertThat(counted("hindcast.news.failures")).isEqualTo(1);
        assertThat(counted("hindcast.news.unrecognised")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "<html><body>We moved</body></html>",
                "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel>"
                        + "<title>&e;</title><item><title>Bitcoin &e;</title><link>https://example.com/a</link></item></channel></rss>"
            })
    void reportsUnrecognisedFeed(String feed) throws Exception {
        server.on("/feed", exchange -> PageServer.answer(exchange, 200, "text/xml", feed));
        collect();
        assertThat(bus.articles()).isEmpty();
        assertThat(counted("hindcast.news.unrecognised")).isEqualTo(1);
        assertThat(outages.current()).singleElement().satisfies(outage -> {
            assertThat(outage.part()).isEqualTo("news from rss:example");
            assertThat(outage.severity()).isEqualTo(Outage.Severity.DEGRADED);
            assertThat(outage.summary()).contains("/feed is not built as expected", "A copy of the page is in");
        });
        assertThat(folder).isDirectoryContaining("glob:**-rss-example.html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text/html", "text/plain", "application/octet-stream", "application/x-rss+xml", "not a type"
            })
    void readsFeedOfAnyMediaType(String type) throws Exception {
        String whole = "<rss version='2.0'><channel>" + item("/a", "Bitcoin rises") + "</channel></rss>";
        server.html("/a", page("x")).on("/feed", exchange -> {
            byte[] body = whole.getBytes(StandardCharsets.UTF_8);
            if (!type.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", type);
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        collect();
        assertThat(bus.articles()).hasSize(1);
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void emptyFeedIsNoOutage() throws Exception {
        feed();
        collect();
        assertThat(outages.current()).isEmpty();
        assertThat(status.lastSuccess("rss:example")).isPresent();
        assertThat(counted("hindcast.news.unrecognised")).isZero();
    }

    @Test
    void reportsUnreadableItemsUntilTheyAreReadable() throws Exception {
        feed(item("/a", "Bitcoin rises"), "<item><title>Bitcoin without a link</title></item>");
        server.html("/a", page("x"));
        collect();
        assertThat(bus.articles()).hasSize(1);
        assertThat(outages.current()).singleElement().satisfies(outage -> {
            assertThat(outage.part()).isEqualTo("news from rss:example");
            assertThat(outage.summary())
                    .contains("1 of 2 items could not be read", "no link with the title 'Bitcoin without a link'");
        });
        feed(item("/a", "Bitcoin rises"));
        collect();
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void readsTruncatedFeedAgainDespiteSameETag() throws Exception {
        server.html("/a", page("x")).html("/b", page("x"));
        AtomicBoolean cut = new AtomicBoolean(true);
        server.on("/feed", exchange -> {
            exchange.getResponseHeaders().set("ETag", "7");
            if ("7".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                PageServer.answer(exchange, 304, "text/xml", "");
                return;
            }
            String whole = "<rss version='2.0'><channel>" + item("/a", "Bitcoin one") + item("/b", "Bitcoin two")
                    + "</channel></rss>";
            PageServer.answer(
                    exchange,
                    200,
                    "text/xml",
                    cut.get() ? whole.substring(0, whole.lastIndexOf("</link>") - 3) : whole);
        });
        collect();
        assertThat(bus.articles()).hasSize(1);
        assertThat(outages.current())
                .singleElement()
                .matches(outage -> outage.problem().contains("the feed is cut off after 1 items"));
        cut.set(false);
        collect();
        assertThat(bus.articles()).hasSize(2);
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void reportsFeedLongerThanLimit() throws Exception {
        feed(IntStream.range(0, 215)
                .mapToObj(i -> item("/" + i, "Apple pie " + i))
                .toArray(String[]::new));
        collect();
        assertThat(outages.current()).isEmpty();
        assertThat(outages.losses())
                .singleElement()
                .matches(said -> said.problem().contains("has 215 items, of which only the first 200 are read"));
        assertThat(counted("hindcast.news.limited")).isEqualTo(1);
    }

    @Test
    void reportsFailedPagesOncePerHostAndReason() throws Exception {
        feed(item("/a", "Bitcoin one"), item("/b", "Bitcoin two"), item("/c", "Bitcoin three"));
        server.status("/a", 403).status("/b", 403).html("/c", "<html><body>no article</body></html>");
        collect();
        assertThat(bus.articles()).hasSize(3);
        assertThat(outages.current()).isEmpty();
        assertThat(outages.losses()).hasSize(2).allSatisfy(lost -> {
            assertThat(lost.part()).isEqualTo("news from rss:example");
            assertThat(lost.problem()).contains(PageServer.HOST, "recorded without their text");
            assertThat(lost.remedy()).isNotBlank();
        });
    }

    @Test
    void marksAndReportsItemsDatedByDayOnce() throws Exception {
        String dated = item("/a", "Bitcoin one").replace("Tue, 08 Apr 2025 08:15:56 +0200", "Mon, 07 Apr 2025");
        feed(dated, dated.replace("/a", "/b").replace("one", "two").replace("07 Apr", "06 Apr"));
        server.html("/a", page("x")).html("/b", page("x"));
        collect();
        collect();
        assertThat(bus.articles().values())
                .extracting(DiscoverArticle::published)
                .containsExactly(
                        PublishedTime.estimated(Instant.parse("2025-04-07T12:00:00Z")),
                        PublishedTime.estimated(Instant.parse("2025-04-08T12:00:00Z")));
        assertThat(bus.articles().values())
                .allMatch(article -> !article.firstSeenAt().isBefore(NOW));
        assertThat(outages.losses())
                .singleElement()
                .matches(lost -> lost.problem().startsWith("2 of 2 items are dated by day"));
    }

    /** Today is not over: the item cannot have been published after it was found. */
    @Test
    void itemDatedTodayCountsAsPublishedWhenFound() throws Exception {
        feed(item("/a", "Bitcoin one").replace("Tue, 08 Apr 2025 08:15:56 +0200", "2025-04-08"));
        server.html("/a", page("x"));
        collect();
        DiscoverArticle article = bus.articles().values().iterator().next();
        assertThat(article.published()).isEqualTo(PublishedTime.estimated(article.firstSeenAt()));
    }

    @Test
    void prefersMomentOfPageToDayOfItem() throws Exception {
        feed(item("/a", "Bitcoin one").replace("Tue, 08 Apr 2025 08:15:56 +0200", "Tue, 08 Apr 2025 00:00:00 GMT"));
        server.html(
                "/a",
                page("x")
                        .replace(
                                "<head>",
                                "<head><meta property='article:published_time' content='2025-04-08T06:15:56Z'>"));
        collect();
        assertThat(bus.articles().values())
                .extracting(DiscoverArticle::published)
                .containsExactly(PublishedTime.stated(Instant.parse("2025-04-08T06:15:56Z")));
    }

    @Test
    void readsSavedPagesOfDefaultSites() throws Exception {
        feed(item("/coindesk", "Why Did Bitcoin Swing?"), item("/decrypt", "Bitcoin and Ray Dalio"));
        for (String name : List.of("coindesk", "decrypt")) {
            server.html("/" + name, saved(name + "-article.html.gz"));
        }
        collect();
        assertThat(bus.articles().values())
                .allSatisfy(article ->
                        assertThat(bus.body(article.articleId()).orElseThrow()).hasSizeGreaterThan(600));
        assertThat(bus.articles()).hasSize(2);
    }

    private static String saved(String name) throws IOException {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(SharedData.file("fixtures/crypto-news-sites/" + name)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
