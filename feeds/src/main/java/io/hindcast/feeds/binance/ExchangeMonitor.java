package io.hindcast.feeds.binance;

import java.time.Duration;

/** Told what happens on the line to the exchange, for logs and metrics. Must be quick and thread-safe. */
public interface ExchangeMonitor {

    /** A REST request was answered. */
    default void answered(int status) {}

    /** How much of this minute's request weight is used, as the exchange counts it. */
    default void weight(int used, int limit) {}

    /** A REST request will be tried again. */
    default void retrying(String why, Duration wait) {}

    /** A bar could not be used and was refused. */
    default void badBar(String symbol, String why) {}

    /** A stream message could not be understood and was refused. */
    default void malformed(String message, String why) {}

    /**
     * Bars come over the stream, for the first time or again. After repeated losses this is said only when they have
     * come for a while.
     */
    default void connected(boolean again) {}

    /** The stream is down. */
    default void disconnected(String problem, String remedy) {}

    /** Watches nothing. */
    ExchangeMonitor NONE = new ExchangeMonitor() {};
}
