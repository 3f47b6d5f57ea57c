/** How events about predictions become rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.prediction;
