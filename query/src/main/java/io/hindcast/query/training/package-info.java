/** Queries for training cycles and runs. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.training;
