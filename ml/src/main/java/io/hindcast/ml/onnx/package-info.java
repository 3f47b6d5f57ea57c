/** Models in ONNX, and the check that the export says what the trainer says. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.onnx;
