/** Recorded or generated bars with random access by time, one compact day at a time. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.tape;
