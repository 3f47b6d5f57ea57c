package io.hindcast.api.market;

/** The origin of a market's bars. Everything shown of a {@link #SYNTHETIC} market is marked as synthetic. */
public enum MarketOrigin {
    /** The exchange itself, live. */
    EXCHANGE,
    /** A recording of the exchange, replayed by the simulator. */
    ARCHIVE,
    /** A generated market. */
    SYNTHETIC
}
