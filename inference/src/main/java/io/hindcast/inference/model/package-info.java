/** Lanes: versions on their way in, predicting, and on their way out. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference.model;
