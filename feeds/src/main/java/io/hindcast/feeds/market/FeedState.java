package io.hindcast.feeds.market;

/** How far the feed of a symbol is. */
public enum FeedState {
    /** Not begun. */
    STOPPED,
    /** Finding out what is held, opening the market. */
    OPENING,
    /** Fetching history. */
    IMPORTING,
    /** Following the exchange. */
    LIVE,
    /** The exchange does not trade the symbol now; looked at again now and then. */
    SUSPENDED,
    /** Commands fail; tries again and will fetch what it missed. */
    RECOVERING,
    /** Played to the end of the archive. */
    FINISHED,
    /** Cannot go on without a person. */
    FAILED
}
