/** Scorers, which turn rows into probabilities of SELL, HOLD and BUY, and ONNX Runtime, the engine of every family. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.score;
