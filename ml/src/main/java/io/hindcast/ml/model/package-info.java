/** The bundle in which a trained model is stored, verified and opened. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.model;
