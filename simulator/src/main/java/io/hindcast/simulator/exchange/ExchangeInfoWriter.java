package io.hindcast.simulator.exchange;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;

/** Writes answers of {@code /api/v3/exchangeInfo}. */
final class ExchangeInfoWriter {

    private ExchangeInfoWriter() {}

    static String write(Instant now, Collection<SimulatedMarket> markets, Function<Symbol, String> status) {
        StringBuilder out = new StringBuilder("{\"timezone\":\"UTC\",\"serverTime\":")
                .append(now.toEpochMilli())
                .append(
                        ",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,"
                                + "\"limit\":")
                .append(RequestWeight.LIMIT)
                .append(
                        "},{\"rateLimitType\":\"RAW_REQUESTS\",\"interval\":\"MINUTE\",\"intervalNum\":5,\"limit\":61000}],"
                                + "\"exchangeFilters\":[],\"symbols\":[");
        boolean first = true;
        for (SimulatedMarket market : markets) {
            out.append(first ? "" : ",");
            symbol(out, market.symbol(), status.apply(market.symbol()));
            first = false;
        }
        return out.append("]}").toString();
    }

    private static void symbol(StringBuilder out, Symbol symbol, String status) {
        String name = symbol.value();
        String quote = name.endsWith("USDT") ? "USDT" : name.substring(Math.max(0, name.length() - 3));
        String base = name.substring(0, name.length() - quote.length());
        out.append("{\"symbol\":\"")
                .append(name)
                .append("\",\"status\":\"")
                .append(status)
                .append("\",\"baseAsset\":\"")
                .append(base)
                .append("\",\"baseAssetPrecision\":8,\"quoteAsset\":\"")
                .append(quote)
                .append("\",\"quoteAssetPrecision\":8,\"isSpotTradingAllowed\":true,\"filters\":["
                        + "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0.01000000\",\"maxPrice\":\"1000000.00000000\","
                        + "\"tickSize\":\"0.01000000\"},{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00001000\","
                        + "\"maxQty\":\"9000.00000000\",\"stepSize\":\"0.00001000\"}]}");
    }
}
