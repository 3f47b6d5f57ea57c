/** Lanes: versions that load, join, predict and leave. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference.model;
