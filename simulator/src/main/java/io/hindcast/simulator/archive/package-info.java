/** Kline archives: reading them, checking them, and holding one as a tape. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.archive;
