/** Downloads Binance's public monthly kline files. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.download;
