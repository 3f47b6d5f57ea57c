/** Machines on which runs are trained, behind one interface. */
@org.jspecify.annotations.NullMarked
package io.hindcast.training.compute;
