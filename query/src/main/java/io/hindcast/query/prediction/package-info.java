/** Queries for predictions, signal charts and performance. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.prediction;
