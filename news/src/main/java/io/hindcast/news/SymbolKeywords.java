package io.hindcast.news;

import io.hindcast.api.market.Symbol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** By which words a text is about a symbol: whole words, capitals or not. */
public final class SymbolKeywords {

    private static final Map<String, List<String>> NAMES = Map.ofEntries(
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

    /** @param configured words for symbols whose usual ones do not do */
    public SymbolKeywords(List<Symbol> symbols, Map<Symbol, List<String>> configured) {
        for (Symbol symbol : symbols) {
            List<String> words = configured.getOrDefault(symbol, usual(symbol));
            String any = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
            patterns.put(
                    symbol,
                    Pattern.compile(
                            "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        }
    }

    /** What a text is about, maybe nothing. */
    public List<Symbol> about(String text) {
        return patterns.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static List<String> usual(Symbol symbol) {
        String base = symbol.baseAsset();
        return NAMES.getOrDefault(base, List.of(base.toLowerCase(Locale.ROOT)));
    }
}
