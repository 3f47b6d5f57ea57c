/** Candles to features, point in time: one implementation for training, live scoring and replay. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.feature;
