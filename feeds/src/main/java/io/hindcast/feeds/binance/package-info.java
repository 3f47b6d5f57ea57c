/** Clients of Binance's REST and WebSocket interfaces that recover from every failure of an exchange. */
@org.jspecify.annotations.NullMarked
package io.hindcast.feeds.binance;
