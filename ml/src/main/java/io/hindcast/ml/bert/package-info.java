/** BERT as a classifier of texts, the encoder that TRL tunes: checkpoints, new networks, tokens, export to ONNX. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.bert;
