/** Predictions, their outcomes and their performance. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.prediction;
