/** Engines that turn features into the probabilities of SELL, HOLD and BUY. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.score;
