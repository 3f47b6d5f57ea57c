/** Generates a market and its news; the same seed always gives the same ones. */
@org.jspecify.annotations.NullMarked
package io.hindcast.simulator.synthetic;
