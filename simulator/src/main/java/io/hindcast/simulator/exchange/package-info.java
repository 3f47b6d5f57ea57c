/** An exchange that plays tapes over Binance's own protocol, with its market clock and its faults. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.exchange;
