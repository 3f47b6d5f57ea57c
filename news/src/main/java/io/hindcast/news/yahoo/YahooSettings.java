package io.hindcast.news.yahoo;

import io.hindcast.api.market.Symbol;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Settings of Yahoo Finance.
 *
 * @param base address of the site
 * @param names the site's names of symbols that differ from the usual form, BTC-USD for BTCUSDT
 * @param hosts hosts that the browser may reach, with all their subdomains
 */
public record YahooSettings(
        URI base, Map<Symbol, String> names, List<String> hosts, ListingLimits listing, PageLimits page) {

    /**
     * Bounds of reading a symbol's listing.
     *
     * @param maxStories number of stories at which scrolling stops
     * @param maxArticles most articles read in one collection
     * @param scrollWaits waits for more stories after scrolling: one for each scroll in a row that brought none, after
     *     the last of which the listing has ended
     * @param scrollTime time for scrolling in all
     */
    public record ListingLimits(int maxStories, int maxArticles, List<Duration> scrollWaits, Duration scrollTime) {}

    /**
     * Bounds of one page.
     *
     * @param timeout time to load it
     * @param maxBytes most bytes loaded with all its parts; counted as transferred and as uncompressed
     * @param maxCharacters most characters of its markup
     */
    public record PageLimits(Duration timeout, long maxBytes, int maxCharacters) {}

    private static final URI SITE = URI.create("https://finance.yahoo.com");
    private static final List<String> SITE_HOSTS = List.of("yahoo.com", "yimg.com");
    private static final ListingLimits LISTING_LIMITS = new ListingLimits(
            150,
            60,
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
            Duration.ofSeconds(90));
    private static final PageLimits PAGE_LIMITS = new PageLimits(Duration.ofSeconds(30), 20_000_000, 5_000_000);

    /** Returns the default settings with the site's unusual names of symbols. */
    public static YahooSettings withNames(Map<Symbol, String> names) {
        return new YahooSettings(SITE, names, SITE_HOSTS, LISTING_LIMITS, PAGE_LIMITS);
    }

    boolean allowsHost(String host) {
        return hosts.stream().anyMatch(allowed -> host.equals(allowed) || host.endsWith("." + allowed));
    }

    URI listing(Symbol symbol) {
        String name = names.getOrDefault(symbol, symbol.baseAsset() + "-USD");
        return base.resolve("/quote/" + name + "/news/");
    }
}
