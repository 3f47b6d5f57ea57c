/** Point-in-time features of candles and news: one implementation for training, live scoring and replay. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.feature;
