package io.hindcast.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.news.rss.RssSource;
import io.hindcast.news.web.AddressGuard;
import io.hindcast.news.web.FetchSettings;
import io.hindcast.news.web.PoliteFetcher;
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

/** The sources that settings ask for. */
public final class NewsSources {

    private NewsSources() {}

    /** One fetcher, so that hosts see one guest, whichever source visits them. */
    public static PoliteFetcher fetcher(
            NewsProperties properties, WallTimer waits, InstantSource wallClock, RandomGenerator random) {
        FetchSettings standard = FetchSettings.standard(properties.userAgent());
        FetchSettings settings = new FetchSettings(
                properties.userAgent(),
                properties.pause(),
                standard.perHost(),
                standard.mostBytes(),
                standard.deadline(),
                standard.connectTimeout(),
                standard.redirects(),
                standard.attempts(),
                properties.allowPrivate());
        return new PoliteFetcher(settings, new AddressGuard(settings.allowPrivate()), waits, wallClock, random);
    }

    /** @param environment where a browser is looked for */
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
        if (properties.yahoo()) {
            sources.add(new YahooSource(
                    symbols,
                    YahooSettings.DEFAULT.naming(properties.namesBySymbol()),
                    properties.userAgent(),
                    fetcher,
                    environment,
                    waits));
        }
        return sources;
    }
}
