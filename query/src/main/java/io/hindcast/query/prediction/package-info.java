/** Predictions, signals for charts, performance. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.prediction;
