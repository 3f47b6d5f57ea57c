package io.hindcast.feeds.binance;

import java.time.Duration;

/**
 * Observer of the traffic with the exchange, for logs, metrics and outages. Called from any thread of
 * {@link BinanceRest} and {@link KlineStream}, also while they hold a lock: methods must be quick, thread-safe, must
 * not call back and must not throw. Only {@link #connected} and {@link #disconnected} come in order, one at a time.
 */
public interface ExchangeMonitor {

    /** Called after each answer to a REST request, with its HTTP status. */
    default void answered(int status) {}

    /** Called after each answer with the request weight used this minute, as the exchange counts it. */
    default void weight(int used, int limit) {}

    /** Called before the wait that precedes another attempt at a REST request. */
    default void retrying(String problem, Duration wait) {}

    /** Called when a bar was refused because it cannot be used. */
    default void badBar(String symbol, String problem) {}

    /** Called when a stream message was refused because it cannot be parsed. */
    default void malformed(String message, String problem) {}

    /**
     * Called when the stream is up. After repeated losses it counts as up only when data have flowed for a while.
     *
     * @param again whether it was up before
     */
    default void connected(boolean again) {}

    /** Called when the stream is down, also repeatedly with a new problem. */
    default void disconnected(String problem, String remedy) {}

    /** A monitor that ignores everything. */
    ExchangeMonitor NONE = new ExchangeMonitor() {};
}
