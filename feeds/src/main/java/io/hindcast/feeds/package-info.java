/** The outside world in: exchange, archives, and the simulator that plays an archive as if it were the exchange. */
@org.jspecify.annotations.NullMarked
package io.hindcast.feeds;
