/** How events about training become rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.training;
