package io.hindcast.api.market;

/** Where a market's bars come from. Everything shown of a {@link #SYNTHETIC} market is marked so. */
public enum MarketOrigin {
    /** The exchange itself, live. */
    EXCHANGE,
    /** A recording of the exchange, played by the simulator. */
    ARCHIVE,
    /** A generated market. */
    SYNTHETIC
}
