/** Distances of a model's inputs and predictions from those of its training. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.drift;
