/** From a candle event to recorded predictions. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference.prediction;
