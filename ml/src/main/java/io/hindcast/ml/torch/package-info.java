/** Shared parts of the deep models: PyTorch through DJL, weights by name, a transformer encoder, optimisation. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.torch;
