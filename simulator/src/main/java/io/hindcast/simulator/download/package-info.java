/** Binance's public monthly kline files, fetched, verified and resumed. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.download;
