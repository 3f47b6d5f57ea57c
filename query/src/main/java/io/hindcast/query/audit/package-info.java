/** Queries for audits. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.audit;
