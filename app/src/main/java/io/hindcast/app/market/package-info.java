/** The market of this process: Binance, or a simulated exchange that stands in for it. */
@org.jspecify.annotations.NullMarked
package io.hindcast.app.market;
