/** An exchange that plays a tape over Binance's own protocol, and the market clock that goes with it. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.exchange;
