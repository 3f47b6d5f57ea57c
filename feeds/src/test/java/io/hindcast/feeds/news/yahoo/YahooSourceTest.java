package io.hindcast.feeds.news.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.feeds.SharedData;
import io.hindcast.feeds.binance.Waits;
import io.hindcast.feeds.news.FakeNewsBus;
import io.hindcast.feeds.news.NewsCollector;
import io.hindcast.feeds.news.NewsIntake;
import io.hindcast.feeds.news.NewsStatus;
import io.hindcast.feeds.news.PageServer;
import io.hindcast.feeds.news.Schedule;
import io.hindcast.feeds.news.page.SavedPages;
import io.hindcast.feeds.news.web.AddressGuard;
import io.hindcast.feeds.news.web.FetchSettings;
import io.hindcast.feeds.news.web.PoliteFetcher;
import io.hindcast.frontend.browser.Chromium;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the real browser, against a site on this machine. */
class YahooSourceTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
    private static final Map<String, String> ENVIRONMENT = new HashMap<>(System.getenv());

    @TempDir
    Path folder;

    private final PageServer server = new PageServer();
    private final YahooSite site = new YahooSite(server);
    private final FakeNewsBus house = new FakeNewsBus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final NewsStatus status = new NewsStatus(meters, InstantSource.fixed(NOW));
    private final Waits waits = Waits.real();
    private final FetchSettings fetch = new FetchSettings(
            "Hindcast/0 (test)",
            Duration.ZERO,
            1,
            1_000_000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            3,
            1,
            Set.of(PageServer.HOST));
    private final PoliteFetcher fetcher = new PoliteFetcher(
            fetch, new AddressGuard(fetch.allowPrivate()), waits, InstantSource.fixed(NOW), new Random(1));
    private final NewsIntake intake = new NewsIntake(house, InstantSource.fixed(NOW), waits, new Random(1), status);

    @BeforeAll
    static void browser() {
        ENVIRONMENT.put("HINDCAST_CHROMIUM", Chromium.find().toString());
    }

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    private YahooSettings settings(int mostStories) {
        return new YahooSettings(
                server.at(""),
                Map.of(),
                List.of(PageServer.HOST),
                mostStories,
                60,
                List.of(Duration.ofMillis(300), Duration.ofMillis(500)),
                Duration.ofSeconds(4),
                Duration.ofSeconds(20),
                2_000_000);
    }

    private void collect(int mostStories, Map<String, String> environment) throws InterruptedException {
        YahooSource source =
                new YahooSource(List.of(BTC), settings(mostStories), fetch.userAgent(), fetcher, environment, waits);
        new NewsCollector(
                        List.of(source),
                        intake,
                        new Schedule(Duration.ofMinutes(30)),
                        InstantSource.fixed(NOW),
                        waits,
                        new SavedPages(folder),
                        status)
                .collect(source);
    }

    private void collect() throws InterruptedException {
        collect(150, ENVIRONMENT);
    }

    private Document saved(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(SharedData.file("fixtures/yahoo/" + name)))) {
            return Jsoup.parse(in, "UTF-8", "https://finance.yahoo.com/quote/X/");
        }
    }

    private double unrecognised() {
        return meters.find("hindcast.news.unrecognised").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private long copies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private double failures(String reason) {
        return meters.find("hindcast.news.failures").tag("reason", reason).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private void assertWhole(int articles) {
        assertThat(house.articles()).hasSize(articles);
        assertThat(house.articles().values()).allSatisfy(article -> {
            assertThat(article.symbols()).containsExactly(BTC);
            assertThat(article.source()).isEqualTo("Example Wire");
            assertThat(article.published()).isEqualTo(PublishedTime.stated(Instant.parse("2026-02-01T05:45:04Z")));
            assertThat(house.body(article.articleId()))
                    .contains("The first paragraph says what happened, at some length.\n\nThe second one & says why."
                            + "\n\nThe third one was hidden.");
        });
        assertThat(unrecognised()).isZero();
    }

    @Test
    void declinesConsentScrollsToTheEndAndReadsEachArticle() throws Exception {
        List<String> stories = site.generated(12);
        site.listing(stories).articles(stories, YahooSite.ARTICLE);
        collect();
        assertWhole(12);
        assertThat(house.articles().values().stream().map(DiscoverArticle::title))
                .containsExactlyInAnyOrderElementsOf(Stream.iterate(0, i -> i + 1)
                        .limit(12)
                        .map(i -> "Story number " + i)
                        .toList());
        int before = server.requests().size();
        collect();
        assertThat(server.requests().subList(before, server.requests().size()))
                .as("articles are read once")
                .noneMatch(path -> path.endsWith(".html"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quote-NVDA-news-2026-02.html.gz", "quote-SHOP-news-2026-08.html.gz"})
    void readsWhatTheSiteReallyServed(String name) throws Exception {
        List<String> stories = site.storiesOf(saved(name));
        site.listing(stories).articles(stories, YahooSite.ARTICLE);
        collect();
        // Eleven, of which one is a film.
        assertThat(house.articles()).hasSize(10);
        assertThat(unrecognised()).isZero();
        assertThat(house.articles().values()).allSatisfy(article -> {
            assertThat(article.title().length()).isGreaterThan(20);
            assertThat(article.published().at()).isBefore(NOW);
        });
    }

    @Test
    void readsThePageAsItWasSavedWhole() throws Exception {
        Document whole = saved("quote-NVDA-news-2026-02.html.gz");
        List<String> stories = site.storiesOf(whole);
        site.behindConsent(whole.outerHtml()).articles(stories, YahooSite.ARTICLE);
        collect();
        assertThat(house.articles()).hasSize(10);
    }

    @Test
    void doesNotCareAboutHashesInClassNames() throws Exception {
        List<String> stories =
                site.generated(5).stream().map(YahooSite::otherHashes).toList();
        site.listing(stories).articles(stories, YahooSite.otherHashes(YahooSite.ARTICLE));
        collect();
        assertWhole(5);
    }

    @Test
    void findsStoriesByStructureWhenTheirHookIsGone() throws Exception {
        List<String> stories = site.generated(5).stream()
                .map(story -> story.replace(" data-testid='storyitem'", ""))
                .toList();
        site.listing(stories).articles(stories, YahooSite.ARTICLE);
        collect();
        assertWhole(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body><h1>We are redesigning</h1></body></html>",
                "\u0001garbage<<<>>",
                "{\"stories\": []}",
                "<section data-testid='recent-news'></section>",
                "<section data-testid='storyitem'><span>no link, no headline</span></section>"
            })
    void neverTakesAPageItDoesNotUnderstandForNoNews(String page) throws Exception {
        site.behindConsent(page);
        collect();
        assertThat(house.articles()).isEmpty();
        assertThat(unrecognised()).isEqualTo(1);
        assertThat(copies()).isEqualTo(1);
        assertThat(status.problem("yahoo")).isPresent();
        assertThat(status.lastSuccess("yahoo")).isEmpty();
    }

    @Test
    void recordsWhatTheListingSaysOfAnArticleThatCannotBeUnderstood() throws Exception {
        List<String> stories = site.generated(2);
        site.listing(stories).articles(stories, "<html><article><p>?</p></article></html>");
        collect();
        assertThat(unrecognised()).isEqualTo(2);
        assertThat(house.articles().values())
                .extracting(DiscoverArticle::published)
                .containsExactlyInAnyOrder(
                        PublishedTime.estimated(NOW.minus(Duration.ofHours(1))),
                        PublishedTime.estimated(NOW.minus(Duration.ofHours(2))));
    }

    @Test
    void stopsAnEndlessScroll() throws Exception {
        site.endless();
        collect(20, ENVIRONMENT);
        assertThat(house.articles().size()).isBetween(20, 26);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429, 500})
    void saysWhenTheSiteDoesNotAnswerAsItShould(int answer) throws Exception {
        server.status(YahooSite.LISTING, answer);
        collect();
        assertThat(house.articles()).isEmpty();
        assertThat(failures(answer == 500 ? "SERVER" : "DENIED")).isEqualTo(1);
        assertThat(status.problem("yahoo").orElseThrow()).contains("HTTP " + answer);
    }

    @Test
    void asksForNoFurtherArticleAfterOneIsDenied() throws Exception {
        List<String> stories = site.generated(4);
        site.listing(stories).articles(stories, YahooSite.ARTICLE);
        String oldest = "/markets/crypto/articles/story-number-3-083520003.html";
        server.status(oldest, 429);
        collect();
        assertThat(server.requests().stream().filter(path -> path.endsWith(".html")))
                .containsExactly(oldest);
        assertThat(failures("DENIED")).isEqualTo(1);
    }

    @Test
    void cannotBeLedToAPrivateAddress() throws Exception {
        try (PageServer secret = new PageServer()) {
            secret.html(
                    "/secret",
                    "<section data-testid='storyitem'><a href='/news/a-1.html'><h3>Secret</h3></a></section>");
            String there = secret.at("/secret").toString().replace(PageServer.HOST, "localhost");
            server.redirect(YahooSite.LISTING, there);
            collect();
            assertThat(secret.requests()).isEmpty();
            site.behindConsent("<html><body><img src='" + there + "'><iframe src='" + there
                    + "'></iframe><script>fetch('" + there + "')</script></body></html>");
            collect();
            assertThat(secret.requests()).isEmpty();
            assertThat(house.articles()).isEmpty();
        }
    }

    @Test
    void cutsOffAPageOf200Megabytes() throws Exception {
        server.flood(YahooSite.LISTING, "text/html", 200_000_000);
        collect();
        assertThat(house.articles()).isEmpty();
        assertThat(server.requests("/quote/BTC-USD/news/ cut off")).isEqualTo(1);
        assertThat(status.problem("yahoo")).isPresent();
    }

    @Test
    void givesUpOnASiteThatDrips() throws Exception {
        server.drip(YahooSite.LISTING, "text/html");
        collect();
        assertThat(failures("TOO_SLOW")).isEqualTo(1);
    }

    @Test
    void doesWhatRobotsTxtSays() throws Exception {
        server.on(
                "/robots.txt",
                exchange -> PageServer.answer(exchange, 200, "text/plain", "User-agent: *\nDisallow: /quote/\n"));
        site.listing(site.generated(3));
        collect();
        assertThat(failures("ROBOTS")).isEqualTo(1);
        assertThat(server.requests(YahooSite.LISTING)).isZero();
    }

    @Test
    void saysWhatToInstallWhereThereIsNoBrowser() throws Exception {
        collect(150, Map.of("PATH", folder.toString()));
        assertThat(status.problem("yahoo").orElseThrow())
                .contains("apt-get install chromium", "HINDCAST_CHROMIUM", "Node", "RSS")
                .doesNotContain("\n");
        assertThat(failures("NEEDS")).isEqualTo(1);
    }
}
