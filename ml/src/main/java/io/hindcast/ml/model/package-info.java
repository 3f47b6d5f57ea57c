/** The bundle in which a trained model is stored, with its verification. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.model;
