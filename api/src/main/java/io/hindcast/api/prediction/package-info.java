/** Predictions: what a version said about a bar, and when. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.prediction;
