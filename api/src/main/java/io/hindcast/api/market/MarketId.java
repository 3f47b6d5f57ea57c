package io.hindcast.api.market;

/** Identity of a symbol's market among the aggregates, written {@code market:BTCUSDT}. */
public final class MarketId {

    private MarketId() {}

    public static String of(Symbol symbol) {
        return "market:" + symbol;
    }
}
