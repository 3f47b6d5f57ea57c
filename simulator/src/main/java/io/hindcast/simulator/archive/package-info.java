/** Kline archives: reads and checks files and holds an archive as a tape. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.archive;
