/** Queries against read models in PostgreSQL, and updates from a real event store. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query;
