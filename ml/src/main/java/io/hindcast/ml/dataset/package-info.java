/** Datasets of features and labels, and their split in time. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.dataset;
