/** LightGBM: gradient-boosted trees on the features of one bar; trainer, export, scorers and the native library. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.lightgbm;
