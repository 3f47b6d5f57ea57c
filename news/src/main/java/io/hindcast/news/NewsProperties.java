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
 * @param archive articles that are played beside a simulated market; without it those of a generated market are
 *     generated
 * @param every how often sources are looked through
 * @param userAgent what requests say they come from, beginning with the name that robots.txt may address
 * @param pause between two requests to one host
 * @param rss feeds by name, instead of the usual ones
 * @param yahoo whether Yahoo Finance is read
 * @param yahooNames what Yahoo calls symbols, where that is not the usual BTC-USD for BTCUSDT
 * @param keywords by which words a text is about a symbol, where the usual ones do not do
 * @param savedPages folder for pages that were not understood
 * @param allowPrivate hosts that may have a private address; none unless a server of one's own is read
 */
@ConfigurationProperties("hindcast.news")
public record NewsProperties(
        @DefaultValue("false") boolean collect,
        @Nullable Path archive,
        @DefaultValue("30m") Duration every,
        @DefaultValue("Hindcast/0.1 (news collector)") String userAgent,
        @DefaultValue("2s") Duration pause,
        @DefaultValue Map<String, URI> rss,
        @DefaultValue("true") boolean yahoo,
        @DefaultValue Map<String, String> yahooNames,
        @DefaultValue Map<String, List<String>> keywords,
        @DefaultValue("unrecognised-pages") Path savedPages,
        @DefaultValue({}) Set<String> allowPrivate) {

    /** Refuses what makes no sense, naming it. */
    public NewsProperties {
        if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw RefusedException.of(
                    "BAD_SETTING", "hindcast.news.user-agent", "'" + userAgent + "'", "a name in ASCII");
        }
        if (pause.isNegative() || pause.compareTo(Duration.ofMinutes(1)) > 0) {
            throw RefusedException.of("BAD_SETTING", "hindcast.news.pause", pause, "from 0 to 1 minute");
        }
        rss = rss.isEmpty() ? RssSource.DEFAULTS : Map.copyOf(rss);
    }

    /** Refuses a period that is none. */
    public Schedule schedule() {
        return new Schedule(every);
    }

    /** Yahoo's names by symbol. */
    Map<Symbol, String> namesBySymbol() {
        Map<Symbol, String> names = new TreeMap<>();
        yahooNames.forEach((symbol, name) -> names.put(new Symbol(symbol), name));
        return names;
    }

    /** Keywords by symbol. */
    Map<Symbol, List<String>> keywordsBySymbol() {
        Map<Symbol, List<String>> words = new TreeMap<>();
        keywords.forEach((symbol, list) -> words.put(new Symbol(symbol), list));
        return words;
    }
}
