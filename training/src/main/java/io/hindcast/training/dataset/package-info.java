/** Slices the dataset of a training cycle out of the log and stores it. */
@org.jspecify.annotations.NullMarked
package io.hindcast.training.dataset;
