package io.hindcast.news.yahoo;

import io.hindcast.api.market.Symbol;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How Yahoo Finance is read.
 *
 * @param base where it is
 * @param names what it calls symbols, where that is not the usual BTC-USD for BTCUSDT
 * @param hosts that the browser may reach, with all their subdomains
 * @param mostStories of a listing
 * @param mostArticles read in one go
 * @param patience that each further look for more stories waits, as long as nothing new comes
 * @param pageTime that a page may take
 * @param listingTime that scrolling a listing may take in all
 * @param mostBytes that a page may bring with all its parts, also unpacked
 * @param mostCharacters of a page's markup when it is read
 */
public record YahooSettings(
        URI base,
        Map<Symbol, String> names,
        List<String> hosts,
        int mostStories,
        int mostArticles,
        List<Duration> patience,
        Duration pageTime,
        Duration listingTime,
        long mostBytes,
        int mostCharacters) {

    public static final YahooSettings DEFAULT = new YahooSettings(
            URI.create("https://finance.yahoo.com"),
            Map.of(),
            List.of("yahoo.com", "yimg.com"),
            150,
            60,
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            20_000_000,
            5_000_000);

    /** The same, with other names for symbols. */
    public YahooSettings naming(Map<Symbol, String> others) {
        return new YahooSettings(
                base,
                others,
                hosts,
                mostStories,
                mostArticles,
                patience,
                pageTime,
                listingTime,
                mostBytes,
                mostCharacters);
    }

    boolean wants(String host) {
        return hosts.stream().anyMatch(known -> host.equals(known) || host.endsWith("." + known));
    }

    URI listing(Symbol symbol) {
        String name = names.getOrDefault(symbol, symbol.baseAsset() + "-USD");
        return base.resolve("/quote/" + name + "/news/");
    }
}
