package io.hindcast.news.yahoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.NewsCollector;
import io.hindcast.news.PageServer;
import io.hindcast.news.SymbolKeywords;
import io.hindcast.news.rss.RssSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a site on this machine in the real browser. */
class YahooSourceTest {

    private static final List<Duration> PATIENT = List.of(Duration.ofMillis(200), Duration.ofSeconds(5));

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

    private void assertWhole(int articles) {
        assertThat(rig.bus.articles()).hasSize(articles);
        assertThat(rig.bus.articles().values()).allSatisfy(article -> {
            assertThat(article.symbols()).containsExactly(YahooRig.BTC);
            assertThat(article.source()).isEqualTo("Example Wire");
            assertThat(article.published()).isEqualTo(PublishedTime.stated(Instant.parse("2026-02-01T05:45:04Z")));
            assertThat(rig.bus.body(article.articleId()))
                    .contains("The first paragraph says what happened, at some length.\n\nThe second one & says why."
                            + "\n\nThe third one was hidden.");
        });
        assertThat(rig.unrecognised()).isZero();
    }

    @Test
    void declinesConsentScrollsToEndAndReadsEachArticle() throws Exception {
        List<String> stories = rig.site.generated(12);
        rig.site.listing(stories).articles(stories, YahooSite.ARTICLE);
        rig.scrollWaits = PATIENT;
        rig.collect();
        assertWhole(12);
        assertThat(rig.bus.articles().values())
                .extracting(DiscoverArticle::title)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 12)
                        .mapToObj(i -> "Story number " + i)
                        .toList());
        assertThat(rig.limited()).isZero();
        int asked = rig.articlesAskedFor().size();
        rig.maxStories = 12;
        rig.collect();
        assertThat(rig.articlesAskedFor()).as("articles are read once").hasSize(asked);
    }

    @Test
    void sendsUserAgentWithEveryRequest() throws Exception {
        List<String> stories = rig.site.generated(6);
        rig.site.listing(stories).articles(stories, YahooSite.ARTICLE);
        rig.maxStories = 6;
        rig.scrollWaits = PATIENT;
        rig.collect();
        assertThat(rig.server.requests()).contains("/robots.txt", YahooSite.LISTING, "/more");
        assertThat(rig.server.userAgents()).containsExactly(YahooRig.USER_AGENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quote-NVDA-news-2026-02.html.gz", "quote-SHOP-news-2026-08.html.gz"})
    void readsSavedListing(String name) throws Exception {
        List<String> stories = rig.site.storiesOf(YahooRig.saved(name));
        rig.site.listing(stories).articles(stories, YahooSite.ARTICLE);
        assertElevenStoriesAreRead();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quote-NVDA-news-2026-02.html.gz", "quote-SHOP-news-2026-08.html.gz"})
    void readsListingWithOtherClassNames(String name) throws Exception {
        Document saved = YahooRig.saved(name);
        List<String> before = rig.site.storiesOf(saved);
        for (Element element : saved.select("[class]")) {
            element.attr("class", "c" + Integer.toHexString(element.className().hashCode()));
        }
        List<String> stories = rig.site.storiesOf(saved);
        assertThat(stories).doesNotContainAnyElementsOf(before);
        rig.site.listing(stories).articles(stories, YahooSite.otherHashes(YahooSite.ARTICLE));
        assertElevenStoriesAreRead();
    }

    private void assertElevenStoriesAreRead() throws Exception {
        rig.maxStories = 11;
        rig.scrollWaits = PATIENT;
        rig.collect();
        // One of the eleven is a video.
        assertThat(rig.bus.articles()).hasSize(10);
        assertThat(rig.unrecognised()).isZero();
        assertThat(rig.bus.articles().values()).allSatisfy(article -> {
            assertThat(article.title().length()).isGreaterThan(20);
            assertThat(article.published().at()).isBeforeOrEqualTo(YahooRig.NOW);
        });
    }

    @Test
    void readsWholeSavedPage() throws Exception {
        Document whole = YahooRig.saved("quote-NVDA-news-2026-02.html.gz");
        List<String> stories = rig.site.storiesOf(whole);
        rig.site.behindConsent(whole.outerHtml()).articles(stories, YahooSite.ARTICLE);
        rig.collect();
        assertThat(rig.bus.articles()).hasSize(10);
    }

    @Test
    void ignoresHashesInClassNames() throws Exception {
        List<String> stories =
                rig.site.generated(4).stream().map(YahooSite::otherHashes).toList();
        assertThat(stories).isNotEqualTo(rig.site.generated(4));
        rig.site.listing(stories).articles(stories, YahooSite.otherHashes(YahooSite.ARTICLE));
        rig.collect();
        assertWhole(4);
    }

    @Test
    void findsStoriesByStructureWithoutTestId() throws Exception {
        List<String> stories = rig.site.generated(4).stream()
                .map(story -> story.replace(" data-testid='storyitem'", ""))
                .toList();
        rig.site.listing(stories).articles(stories, YahooSite.ARTICLE);
        rig.collect();
        assertWhole(4);
    }

    @Test
    void waitsForStoriesLoadedByScript() throws Exception {
        List<String> stories = rig.site.generated(3);
        rig.server.html("/stories", String.join("", stories));
        rig.site
                .behindConsent("<html><body><div id='stream'></div><script>fetch('/stories').then(a => a.text())"
                        + ".then(html => document.getElementById('stream').innerHTML = html)</script></body></html>")
                .articles(stories, YahooSite.ARTICLE);
        rig.maxStories = 3;
        rig.scrollWaits = PATIENT;
        rig.collect();
        assertWhole(3);
    }

    @ParameterizedTest
    @CsvSource({
        "reject,'<button name=agree>Yes</button><button name=reject>No</button>'",
        "agree,<button name=agree>Yes</button>"
    })
    void answersConsentDialogOverPage(String answer, String buttons) throws Exception {
        List<String> stories = rig.site.generated(2);
        rig.site.listing(stories).articles(stories, YahooSite.ARTICLE);
        rig.server.html(
                YahooSite.LISTING,
                "<html><body><form class='consent-form' onsubmit='this.remove(); fetch(\"/answer/\" + event.submitter.name);"
                        + " return false'>" + buttons + "</form>" + String.join("", stories) + "</body></html>");
        rig.maxStories = 2;
        rig.collect();
        assertWhole(2);
        assertThat(rig.server.requests("/answer/" + answer)).isEqualTo(1);
    }

    @Test
    void recordsListedTitleOfUnrecognisedArticle() throws Exception {
        List<String> stories = rig.site.generated(2);
        rig.site.listing(stories).articles(stories, "<html><article><p>?</p></article></html>");
        rig.collect();
        assertThat(rig.unrecognised()).isEqualTo(2);
        assertThat(rig.bus.articles().values())
                .extracting(DiscoverArticle::published)
                .containsExactlyInAnyOrder(
                        PublishedTime.estimated(YahooRig.NOW),
                        PublishedTime.estimated(YahooRig.NOW.minus(Duration.ofHours(1))));
    }

    @Test
    void readsArticleWithAddressInvalidForJava() throws Exception {
        List<String> stories = rig.site.generated(1);
        rig.site
                .listing(stories)
                .articles(
                        stories,
                        YahooSite.ARTICLE.replace(
                                "<html>", "<html><script>history.replaceState({}, '', '?a=|')</script>"));
        rig.collect();
        assertWhole(1);
    }

    @Test
    void continuesWithOtherSymbolsAfterFailure() throws Exception {
        rig.symbols = List.of(new Symbol("ADAUSDT"), new Symbol("ETHUSDT"), YahooRig.BTC);
        List<String> stories = rig.site.generated(2);
        rig.server.html("/quote/ETH-USD/news/", "<html>We are redesigning</html>");
        rig.site.listing(stories).articles(stories, YahooSite.ARTICLE);
        rig.collect();
        assertThat(rig.bus.articles()).hasSize(2);
        assertThat(rig.failures("GONE")).isEqualTo(1);
        assertThat(rig.unrecognised()).isEqualTo(1);
        assertThat(rig.status.lastSuccess("yahoo")).as("not read completely").isEmpty();
    }

    @Test
    void reportsWhatToInstallWithoutBrowser() throws Exception {
        rig.environment = Map.of("PATH", folder.toString());
        rig.collect();
        assertThat(rig.problem().orElseThrow())
                .contains("apt-get install chromium", "HINDCAST_CHROMIUM", "Node", "RSS")
                .doesNotContain("\n");
        assertThat(rig.failures("NEEDS")).isEqualTo(1);
        assertThat(rig.server.requests()).isEmpty();
    }

    @Test
    void readsFeedsWithoutBrowser() {
        rig.environment = Map.of("PATH", folder.toString());
        rig.server.on(
                "/feed",
                exchange -> PageServer.answer(
                        exchange,
                        200,
                        "text/xml",
                        "<rss version='2.0'><channel><title>t</title>"
                                + "<link>l</link><description>d</description><item><title>Bitcoin rises</title><link>https://127.0.0.1/a</link>"
                                + "</item></channel></rss>"));
        RssSource feed = new RssSource(
                "example", rig.server.at("/feed"), new SymbolKeywords(rig.symbols, Map.of()), rig.fetcher);
        try (NewsCollector collector = rig.collector(rig.source(), feed)) {
            collector.start();
            await().until(() -> rig.status.lastSuccess("rss:example").isPresent()
                    && rig.problem().isPresent());
        }
        assertThat(rig.bus.articles().values())
                .extracting(DiscoverArticle::title)
                .containsExactly("Bitcoin rises");
    }

    @Test
    void clearsMissingBrowserOnceInstalled() throws Exception {
        Map<String, String> whole = rig.environment;
        rig.environment = Map.of("PATH", folder.toString());
        rig.collect();
        assertThat(rig.problem().orElseThrow()).contains("there is none");
        rig.environment = whole;
        rig.server.status(YahooSite.LISTING, 500);
        rig.collect();
        assertThat(rig.problem().orElseThrow()).contains("HTTP 500").doesNotContain("there is none");
    }

    @Test
    void readsArticleOf60000ParagraphsQuickly() throws Exception {
        String page = "<html><body><article><h1>Title</h1>" + "<p>A paragraph of it.</p>".repeat(60_000) + "</article>";
        Document document = Jsoup.parse(page);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(YahooArticle.parse(document, URI.create("https://example.com/a"))
                                .body())
                        .startsWith("A paragraph of it."));
    }
}
