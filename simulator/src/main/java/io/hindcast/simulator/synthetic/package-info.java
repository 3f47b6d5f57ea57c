/** A generated market that is the same for the same seed, for ever. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.synthetic;
