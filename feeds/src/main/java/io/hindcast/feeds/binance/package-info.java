/** Clients of Binance's REST and WebSocket interfaces that survive what exchanges do. */
@org.jspecify.annotations.NullMarked
package io.hindcast.feeds.binance;
