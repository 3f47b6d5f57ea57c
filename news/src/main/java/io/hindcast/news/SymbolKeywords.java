package io.hindcast.news;

import io.hindcast.api.market.Symbol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keywords by which a text is about a symbol, matched as whole words regardless of case. */
public final class SymbolKeywords {

    private static final Map<String, List<String>> DEFAULTS = Map.ofEntries(
            Map.entry("BTC", List.of("bitcoin", "btc", "satoshi", "satoshis")),
            Map.entry("ETH", List.of("ethereum", "ether", "eth", "vitalik")),
            Map.entry("BNB", List.of("bnb", "binance coin")),
            Map.entry("SOL", List.of("solana")),
            Map.entry("XRP", List.of("xrp", "ripple")),
            Map.entry("ADA", List.of("cardano")),
            Map.entry("DOGE", List.of("dogecoin", "doge")),
            Map.entry("DOT", List.of("polkadot")),
            Map.entry("AVAX", List.of("avalanche", "avax")),
            Map.entry("LTC", List.of("litecoin")));

    private final Map<Symbol, Pattern> patterns = new LinkedHashMap<>();

    /** @param configured keywords by symbol, in place of the default ones */
    public SymbolKeywords(List<Symbol> symbols, Map<Symbol, List<String>> configured) {
        for (Symbol symbol : symbols) {
            List<String> words = configured.getOrDefault(symbol, defaults(symbol));
            String any = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
            patterns.put(
                    symbol,
                    Pattern.compile(
                            "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        }
    }

    /** Returns the symbols that a text is about, in order; may be empty. */
    public List<Symbol> symbolsIn(String text) {
        return patterns.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static List<String> defaults(Symbol symbol) {
        String base = symbol.baseAsset();
        return DEFAULTS.getOrDefault(base, List.of(base.toLowerCase(Locale.ROOT)));
    }
}
