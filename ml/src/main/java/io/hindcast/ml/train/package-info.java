/** Training for every family: the trainer interface, early stopping, time budget, export check and evaluation. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.train;
