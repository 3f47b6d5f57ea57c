/** Trainers: a dataset, parameters and a seed make a model. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.train;
