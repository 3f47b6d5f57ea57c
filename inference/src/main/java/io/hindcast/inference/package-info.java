/** Lanes: turn recorded candles and articles into recorded predictions and scores. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference;
