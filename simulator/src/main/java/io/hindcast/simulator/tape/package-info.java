/** Recorded or generated bars with random access by time, a compact day at a time. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.tape;
