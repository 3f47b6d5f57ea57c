/** LightGBM's native library and its model text; what trainer, export and scorers share. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.lightgbm;
