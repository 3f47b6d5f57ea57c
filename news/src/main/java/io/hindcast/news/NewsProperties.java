package io.hindcast.news;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.news.rss.RssSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the news.
 *
 * @param collect whether feeds and sites are read
 * @param archive articles played beside a simulated market; without it, a generated market brings its own
 * @param every period of collection, from 1 minute to 1 day
 * @param rss feeds by name, in place of the default ones
 * @param keywords words by which a text is about a symbol, in place of the default ones
 * @param savedPages folder for pages that could not be understood
 */
@ConfigurationProperties("hindcast.news")
public record NewsProperties(
        @DefaultValue("false") boolean collect,
        @Nullable Path archive,
        @DefaultValue("30m") Duration every,
        @DefaultValue Fetch fetch,
        @DefaultValue Map<String, URI> rss,
        @DefaultValue Yahoo yahoo,
        @DefaultValue Map<String, List<String>> keywords,
        @DefaultValue("unrecognised-pages") Path savedPages) {

    public NewsProperties {
        rss = rss.isEmpty() ? RssSource.DEFAULTS : Map.copyOf(rss);
    }

    /**
     * Settings of page requests.
     *
     * @param userAgent User-Agent header, beginning with the name that robots.txt may address; printable ASCII
     * @param pause time between two requests to one host, from 0 to 1 minute
     * @param allowPrivate hosts that may have a private address; empty unless own servers are read
     */
    public record Fetch(
            @DefaultValue("Hindcast/0.1 (news collector)") String userAgent,
            @DefaultValue("2s") Duration pause,
            @DefaultValue({}) Set<String> allowPrivate) {

        public Fetch {
            if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw RefusedException.of(
                        "BAD_SETTING", "hindcast.news.fetch.user-agent", "'" + userAgent + "'", "a name in ASCII");
            }
            if (pause.isNegative() || pause.compareTo(Duration.ofMinutes(1)) > 0) {
                throw RefusedException.of("BAD_SETTING", "hindcast.news.fetch.pause", pause, "from 0 to 1 minute");
            }
        }
    }

    /**
     * Settings of Yahoo Finance.
     *
     * @param enabled whether it is read
     * @param names its names of symbols that differ from the usual form, BTC-USD for BTCUSDT
     */
    public record Yahoo(
            @DefaultValue("true") boolean enabled,
            @DefaultValue Map<String, String> names) {

        Map<Symbol, String> namesBySymbol() {
            return bySymbol(names);
        }
    }

    /** Returns the schedule; refuses a period out of range. */
    public CollectionSchedule schedule() {
        return new CollectionSchedule(every);
    }

    Map<Symbol, List<String>> keywordsBySymbol() {
        return bySymbol(keywords);
    }

    private static <V> Map<Symbol, V> bySymbol(Map<String, V> byName) {
        Map<Symbol, V> bySymbol = new TreeMap<>();
        byName.forEach((symbol, value) -> bySymbol.put(new Symbol(symbol), value));
        return bySymbol;
    }
}
