/** Builds ONNX models. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.onnx;
