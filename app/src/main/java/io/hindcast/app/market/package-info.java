/** Wiring of the feeds role: Binance, or a simulated exchange in its place, with feeds and news. */
@org.jspecify.annotations.NullMarked
package io.hindcast.app.market;
