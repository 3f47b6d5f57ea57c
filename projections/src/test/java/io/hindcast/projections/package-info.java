/** Projections against a real PostgreSQL and a real event store. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections;
