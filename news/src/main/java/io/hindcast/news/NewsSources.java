package io.hindcast.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.news.rss.RssSource;
import io.hindcast.news.web.FetchSettings;
import io.hindcast.news.web.PoliteFetcher;
import io.hindcast.news.web.PublicAddressResolver;
import io.hindcast.news.yahoo.YahooSettings;
import io.hindcast.news.yahoo.YahooSource;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Creates the configured sources and the fetcher that they share. */
public final class NewsSources {

    private NewsSources() {}

    /** Creates the fetcher. There is one for all sources, so that rate limits hold per host, not per source. */
    public static PoliteFetcher fetcher(
            NewsProperties properties, WallTimer waits, InstantSource wallClock, RandomGenerator random) {
        NewsProperties.Fetch fetch = properties.fetch();
        FetchSettings settings = new FetchSettings(
                fetch.userAgent(),
                new FetchSettings.Politeness(fetch.pause(), 1),
                FetchSettings.Limits.DEFAULT,
                fetch.allowPrivate());
        return new PoliteFetcher(
                settings, new PublicAddressResolver(settings.allowPrivate()), waits, wallClock, random);
    }

    /**
     * Creates the sources: the feeds by name, then Yahoo Finance.
     *
     * @param environment environment variables in which the browser is looked up
     */
    public static List<NewsSource> of(
            NewsProperties properties,
            List<Symbol> symbols,
            PoliteFetcher fetcher,
            Map<String, String> environment,
            WallTimer waits) {
        List<NewsSource> sources = new ArrayList<>();
        SymbolKeywords keywords = new SymbolKeywords(symbols, properties.keywordsBySymbol());
        for (Map.Entry<String, URI> feed : new TreeMap<>(properties.rss()).entrySet()) {
            sources.add(new RssSource(feed.getKey(), feed.getValue(), keywords, fetcher));
        }
        if (properties.yahoo().enabled()) {
            sources.add(new YahooSource(
                    symbols,
                    YahooSettings.withNames(properties.yahoo().namesBySymbol()),
                    properties.fetch().userAgent(),
                    fetcher,
                    environment,
                    waits));
        }
        return sources;
    }
}
