package io.hindcast.feeds.market;

/** State of a symbol's feed. */
public enum FeedState {
    /** Not begun. */
    STOPPED,
    /** Reading the market's state from the log, opening the market. */
    OPENING,
    /** Importing history. */
    IMPORTING,
    /** Following the exchange. */
    LIVE,
    /** Waiting: the exchange does not trade the symbol now, which is checked at intervals. */
    SUSPENDED,
    /** Retrying after a failure; the missed bars will be fetched. */
    RECOVERING,
    /** Played to the end of the archive. */
    FINISHED,
    /** Ended: a person has to change something. */
    FAILED
}
