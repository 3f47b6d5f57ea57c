package io.hindcast.news.yahoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Symbol;
import io.hindcast.frontend.browser.Chromium;
import io.hindcast.news.ArticleIntake;
import io.hindcast.news.ArticleSender;
import io.hindcast.news.CollectionSchedule;
import io.hindcast.news.FakeNewsBus;
import io.hindcast.news.NewsCollector;
import io.hindcast.news.NewsSource;
import io.hindcast.news.NewsStatus;
import io.hindcast.news.PageServer;
import io.hindcast.news.page.SavedPages;
import io.hindcast.news.web.FetchSettings;
import io.hindcast.news.web.PoliteFetcher;
import io.hindcast.news.web.PublicAddressResolver;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SharedData;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.search.Search;
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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Yahoo's source with the real browser, a site on this machine, and a bus that holds the articles. */
final class YahooRig implements AutoCloseable {

    static final Symbol BTC = new Symbol("BTCUSDT");
    static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
    static final String USER_AGENT = "Hindcast/0 (test)";

    final PageServer server = new PageServer();
    final YahooSite site = new YahooSite(server);
    final FakeNewsBus bus = new FakeNewsBus();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Outages outages = new Outages(InstantSource.fixed(NOW));
    final NewsStatus status = new NewsStatus(meters, InstantSource.fixed(NOW), outages);
    final ArticleIntake intake;
    final PoliteFetcher fetcher;

    List<Symbol> symbols = List.of(BTC);
    List<String> hosts = List.of(PageServer.HOST);
    int maxStories = 150;
    int maxArticles = 60;
    /** Short: most pages load no more stories. */
    List<Duration> scrollWaits = List.of(Duration.ofMillis(300), Duration.ofMillis(300));

    Duration pageTimeout = Duration.ofSeconds(20);
    Duration scrollTime = Duration.ofSeconds(60);
    Map<String, String> environment = environment();

    /** Browser of all collections; without one, each starts its own. */
    @Nullable SharedBrowser shared;

    private final Path folder;
    private final WallTimer waits = WallTimer.system();

    YahooRig(Path folder, String... furtherPrivateHosts) {
        this.folder = folder;
        Set<String> allowed = new java.util.HashSet<>(Set.of(furtherPrivateHosts));
        allowed.add(PageServer.HOST);
        FetchSettings fetch = new FetchSettings(
                USER_AGENT,
                new FetchSettings.Politeness(Duration.ZERO, 1),
                new FetchSettings.Limits(1_000_000, Duration.ofSeconds(10), Duration.ofSeconds(5), 3, 1),
                allowed);
        fetcher = new PoliteFetcher(
                fetch, new PublicAddressResolver(allowed), waits, InstantSource.fixed(NOW), new Random(1));
        intake = new ArticleIntake(new ArticleSender(bus, waits, new Random(1), status), InstantSource.fixed(NOW));
    }

    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("HINDCAST_CHROMIUM", Chromium.find().toString());
        return environment;
    }

    YahooSource source() {
        YahooSettings settings = new YahooSettings(
                server.at(""),
                Map.of(),
                hosts,
                new YahooSettings.ListingLimits(maxStories, maxArticles, scrollWaits, scrollTime),
                new YahooSettings.PageLimits(pageTimeout, 20_000_000, 5_000_000));
        return shared == null
                ? new YahooSource(symbols, settings, USER_AGENT, fetcher, environment, waits)
                : new YahooSource(symbols, settings, fetcher, environment, waits, shared::sessions);
    }

    NewsCollector collector(NewsSource... sources) {
        return new NewsCollector(
                List.of(sources),
                intake,
                new CollectionSchedule(Duration.ofMinutes(30)),
                InstantSource.fixed(NOW),
                new SupervisedLoop.Context(
                        new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)),
                        waits,
                        new Random(1),
                        outages,
                        meters),
                new SavedPages(folder),
                status);
    }

    /** Returns problem and remedy of the outage, if there is one. */
    Optional<String> problem() {
        return outages.current().stream()
                .filter(outage -> outage.part().equals("news from yahoo"))
                .map(Outage::summary)
                .findFirst();
    }

    /** Collects once. */
    void collect() throws InterruptedException {
        YahooSource source = source();
        collector(source).collect(source);
    }

    static Document saved(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(SharedData.file("fixtures/yahoo/" + name)))) {
            return Jsoup.parse(in, "UTF-8", "https://finance.yahoo.com/quote/X/");
        }
    }

    double unrecognised() {
        return sum(meters.find("hindcast.news.unrecognised"));
    }

    double failures(String reason) {
        return sum(meters.find("hindcast.news.failures").tag("reason", reason));
    }

    double limited() {
        return sum(meters.find("hindcast.news.limited"));
    }

    private static double sum(Search counters) {
        return counters.counters().stream().mapToDouble(Counter::count).sum();
    }

    /** Returns the saved pages. */
    List<String> copies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(YahooRig::content).toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the article paths requested by the browser, in order. */
    List<String> articlesAskedFor() {
        return server.requests().stream().filter(path -> path.endsWith(".html")).toList();
    }

    /** Returns the running browsers and drivers started by this process. */
    static List<String> running() {
        return ProcessHandle.current()
                .descendants()
                .map(process -> process.info().command().orElse(""))
                .filter(command -> command.matches(".*/(node|chrom[^/]*|google-chrome[^/]*)"))
                .toList();
    }

    @Override
    public void close() {
        fetcher.close();
        server.close();
        if (shared == null) {
            awaitNoBrowser();
        }
    }

    static void awaitNoBrowser() {
        await("no browser is left").untilAsserted(() -> assertThat(running()).isEmpty());
    }
}
