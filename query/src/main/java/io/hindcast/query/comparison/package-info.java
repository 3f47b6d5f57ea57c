/** Queries that compare versions: paired scores, coverage curves and rolling scores. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.comparison;
