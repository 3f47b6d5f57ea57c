package io.hindcast.news.yahoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.news.NewsCollector;
import io.hindcast.news.PageServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of reading: malformed, long, slow and endless pages in the real browser. */
class YahooLimitsTest {

    /** Read first: articles are read oldest first. */
    private static final String OLDER = "/markets/crypto/articles/story-number-1-083520001.html";

    private static final String NEWER = "/news/story-number-0-083520000.html";

    private static final SharedBrowser BROWSER = new SharedBrowser();

    @TempDir
    Path folder;

    private YahooRig rig;

    @BeforeEach
    void rig() {
        rig = new YahooRig(folder);
        rig.shared = BROWSER;
    }

    @AfterAll
    static void closeBrowser() {
        BROWSER.close();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Serves two stories with articles. */
    private void twoStories() {
        List<String> stories = rig.site.generated(2);
        rig.site.listing(stories).articles(stories, YahooSite.ARTICLE);
        rig.maxStories = 2;
    }

    /** Asserts that the older article is recorded without its text for this reason, and the newer one with it. */
    private void assertOnlyTheNewerIsWhole(String reason) {
        assertThat(rig.failures(reason)).isEqualTo(1);
        assertThat(rig.bus.articles()).hasSize(2);
        assertThat(rig.bus.articles().keySet().stream()
                        .filter(id -> rig.bus.body(id).isPresent()))
                .hasSize(1);
        assertThat(rig.articlesAskedFor()).endsWith(NEWER);
    }

    private void assertNotUnderstood() throws Exception {
        assertThat(rig.bus.articles()).isEmpty();
        assertThat(rig.unrecognised()).isEqualTo(1);
        assertThat(rig.copies()).hasSize(1);
        assertThat(rig.problem()).isPresent();
        assertThat(rig.status.lastSuccess("yahoo")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body><h1>We are redesigning</h1></body></html>",
                "\u0001garbage<<<>>",
                "{\"stories\": []}",
                "<section data-testid='recent-news'></section>",
                "<section data-testid='storyitem'><span>no link, no headline</span></section>"
            })
    void reportsUnrecognisedListing(String page) throws Exception {
        rig.site.behindConsent(page);
        rig.collect();
        assertNotUnderstood();
        assertThat(rig.copies().getFirst()).contains(YahooSite.LISTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<input type='text'>", "<button name='reject' type='button'>No</button>"})
    void reportsConsentDialogThatCannotBeAnswered(String form) throws Exception {
        rig.pageTimeout = Duration.ofSeconds(3);
        rig.server.html(YahooSite.LISTING, "<form class='consent-form'>" + form + "</form>");
        rig.collect();
        assertNotUnderstood();
        assertThat(rig.problem().orElseThrow()).contains("consent");
    }

    @Test
    void reportsListingOfRandomBytes() throws Exception {
        byte[] random = new byte[100_000];
        new Random(7).nextBytes(random);
        rig.server.on(YahooSite.LISTING, exchange -> PageServer.bytes(exchange, "text/html; charset=utf-8", random));
        rig.collect();
        assertNotUnderstood();
        assertThat(rig.copies().getFirst().length()).isGreaterThan(50_000);
    }

    @Test
    void recordsListedTitleOfArticleOfRandomBytes() throws Exception {
        twoStories();
        byte[] random = new byte[100_000];
        new Random(7).nextBytes(random);
        rig.server.on(OLDER, exchange -> PageServer.bytes(exchange, "text/html", random));
        rig.collect();
        assertThat(rig.unrecognised()).isEqualTo(1);
        assertThat(rig.bus.articles()).hasSize(2);
    }

    @Test
    void reportsCorruptContentEncoding() throws Exception {
        rig.server.on(YahooSite.LISTING, exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            PageServer.answer(exchange, 200, "text/html", "this is not gzip");
        });
        rig.pageTimeout = Duration.ofSeconds(3);
        rig.collect();
        assertThat(rig.failures("UNREACHABLE") + rig.failures("TOO_SLOW")).isEqualTo(1);
        assertThat(rig.problem()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/pdf", "application/zip", "image/png"})
    void acceptsHtmlOnly(String type) throws Exception {
        String page = String.join("", rig.site.generated(2));
        rig.server.on(YahooSite.LISTING, exchange -> PageServer.answer(exchange, 200, type, page));
        rig.collect();
        assertThat(rig.bus.articles()).isEmpty();
        assertThat(rig.failures("BAD_TYPE") + rig.failures("UNREACHABLE")).isEqualTo(1);
        assertThat(rig.problem()).isPresent();
    }

    @Test
    void stopsEndlessScrollAtMaximumStories() throws Exception {
        rig.site.endless();
        rig.maxStories = 20;
        rig.scrollWaits = List.of(Duration.ofSeconds(10));
        rig.collect();
        assertThat(rig.bus.articles().size()).isBetween(20, 26);
        assertThat(rig.limited()).isEqualTo(1);
        assertThat(rig.status.lastSuccess("yahoo")).isPresent();
    }

    @Test
    void stopsEndlessScrollAtTimeLimit() throws Exception {
        rig.site.endless();
        rig.maxStories = Integer.MAX_VALUE;
        rig.maxArticles = 3;
        rig.scrollWaits = List.of(Duration.ofSeconds(10));
        rig.scrollTime = Duration.ofSeconds(2);
        rig.collect();
        assertThat(rig.limited()).as("the listing and its articles").isEqualTo(2);
        assertThat(rig.articlesAskedFor()).hasSize(3);
        assertThat(rig.status.lastSuccess("yahoo")).isPresent();
    }

    @Test
    void readsArticlesBeyondLimitInNextCollection() throws Exception {
        twoStories();
        rig.maxArticles = 1;
        YahooSource source = rig.source();
        NewsCollector collector = rig.collector(source);
        collector.collect(source);
        assertThat(rig.articlesAskedFor()).containsExactly(OLDER);
        assertThat(rig.outages.losses())
                .as("reported once, and no outage")
                .singleElement()
                .matches(said -> said.problem().contains("was left at 2 stories"));
        collector.collect(source);
        assertThat(rig.problem()).isEmpty();
        assertThat(rig.articlesAskedFor()).containsExactly(OLDER, NEWER);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429, 500})
    void reportsErrorStatusOfSite(int answer) throws Exception {
        rig.server.status(YahooSite.LISTING, answer);
        rig.collect();
        assertThat(rig.bus.articles()).isEmpty();
        assertThat(rig.failures(answer == 500 ? "SERVER" : "DENIED")).isEqualTo(1);
        assertThat(rig.problem().orElseThrow()).contains("HTTP " + answer);
    }

    @Test
    void respectsRetryAfterOfSite() throws Exception {
        rig.server.on(YahooSite.LISTING, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            PageServer.answer(exchange, 429, "text/html", "later");
        });
        rig.collect();
        rig.collect();
        assertThat(rig.server.requests(YahooSite.LISTING)).isEqualTo(1);
        assertThat(rig.problem().orElseThrow()).contains("asked for no requests");
    }

    @Test
    void stopsAfterDeniedArticle() throws Exception {
        twoStories();
        rig.server.status(OLDER, 429);
        rig.collect();
        assertThat(rig.articlesAskedFor()).containsExactly(OLDER);
        assertThat(rig.failures("DENIED")).isEqualTo(1);
    }

    @Test
    void continuesAfterFailedArticle() throws Exception {
        twoStories();
        rig.server.status(OLDER, 500);
        rig.collect();
        assertOnlyTheNewerIsWhole("SERVER");
    }

    @Test
    void abortsPageOf200Megabytes() throws Exception {
        rig.server.flood(YahooSite.LISTING, "text/html", 200_000_000);
        rig.collect();
        assertThat(rig.failures("TOO_LARGE")).isEqualTo(1);
        assertThat(rig.bus.articles()).isEmpty();
        await().until(() -> rig.server.requests(YahooSite.LISTING + " cut off") == 1);
        assertThat(rig.server.flooded()).isBetween(15_000_000L, 40_000_000L);
    }

    @Test
    void abortsPageThatUncompressesTo200Megabytes() throws Exception {
        rig.server.packedFlood(YahooSite.LISTING, "text/html", 200_000_000);
        rig.collect();
        assertThat(rig.failures("TOO_LARGE")).isEqualTo(1);
        assertThat(rig.bus.articles()).isEmpty();
    }

    @Test
    void abortsLargeFetchByScript() throws Exception {
        rig.server.flood("/data", "text/plain", 200_000_000);
        rig.site.behindConsent("<html><body><script>fetch('/data').then(a => a.text())</script></body></html>");
        rig.scrollWaits = List.of(Duration.ofSeconds(20));
        rig.collect();
        assertThat(rig.failures("TOO_LARGE")).isEqualTo(1);
        await().until(() -> rig.server.requests("/data cut off") == 1);
    }

    @Test
    void refusesPageThatScriptMakesTooLong() throws Exception {
        rig.site.behindConsent("<html><body>" + String.join("", rig.site.generated(1))
                + "<script>document.body.append('x'.repeat(6000000))</script></body></html>");
        rig.collect();
        assertThat(rig.failures("TOO_LARGE")).isEqualTo(1);
        assertThat(rig.bus.articles()).isEmpty();
    }

    @Test
    void continuesAfterAbortedArticle() throws Exception {
        twoStories();
        rig.server.flood(OLDER, "text/html", 200_000_000);
        rig.collect();
        assertOnlyTheNewerIsWhole("TOO_LARGE");
    }

    @Test
    void abortsDrippingResponse() throws Exception {
        rig.server.drip(YahooSite.LISTING, "text/html");
        rig.pageTimeout = Duration.ofSeconds(3);
        rig.collect();
        assertThat(rig.failures("TOO_SLOW")).isEqualTo(1);
        await().until(() -> rig.server.requests(YahooSite.LISTING + " cut off") == 1);
    }

    @Test
    void continuesAfterArticleWithEndlessScript() throws Exception {
        twoStories();
        rig.server.html(
                OLDER, "<html><body><script>setTimeout(() => { while (true) {} })</script><p>Text.</p></body></html>");
        rig.pageTimeout = Duration.ofSeconds(4);
        rig.collect();
        assertOnlyTheNewerIsWhole("TOO_SLOW");
    }

    @Test
    void respectsRobotsTxt() throws Exception {
        robots("/quote/");
        twoStories();
        rig.collect();
        assertThat(rig.failures("ROBOTS")).isEqualTo(1);
        assertThat(rig.server.requests(YahooSite.LISTING)).isZero();
    }

    @Test
    void skipsArticleDisallowedByRobotsTxt() throws Exception {
        robots("/markets/");
        twoStories();
        rig.collect();
        assertOnlyTheNewerIsWhole("ROBOTS");
        assertThat(rig.server.requests(OLDER)).isZero();
    }

    @Test
    void skipsArticleRedirectedToDisallowedPath() throws Exception {
        robots("/forbidden/");
        twoStories();
        rig.server.redirect(OLDER, "/forbidden/a.html").html("/forbidden/a.html", YahooSite.ARTICLE);
        rig.collect();
        assertOnlyTheNewerIsWhole("ROBOTS");
    }

    private void robots(String forbidden) {
        rig.server.on(
                "/robots.txt",
                exchange ->
                        PageServer.answer(exchange, 200, "text/plain", "User-agent: *\nDisallow: " + forbidden + "\n"));
    }

    @Test
    void endsBrowserWhenStopped() {
        BROWSER.close();
        rig.shared = null;
        rig.server.drip(YahooSite.LISTING, "text/html");
        YahooSource source = rig.source();
        try (NewsCollector collector = rig.collector(source)) {
            collector.start();
            await().until(() -> rig.server.requests(YahooSite.LISTING) == 1);
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("news-yahoo"));
        assertThat(YahooRig.running()).isEmpty();
        assertThat(rig.failures("UNREACHABLE")).isZero();
    }
}
