/** The path from a recorded candle to recorded predictions. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference.prediction;
