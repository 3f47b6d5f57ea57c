package io.hindcast.api.market;

/** The way a bar was obtained, which determines when it counts as known. */
public enum CandleSource {
    /** Imported before the symbol went live: known at its own close. */
    HISTORY,
    /** Received as it closed: known when received. */
    LIVE,
    /** Fetched to fill a gap, or a correction by the exchange: known when recorded. */
    REPAIR
}
