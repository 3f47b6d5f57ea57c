/**
 * BERT as a classifier of texts: published checkpoints and fresh networks, tokens, articles as text, export to ONNX.
 */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.bert;
