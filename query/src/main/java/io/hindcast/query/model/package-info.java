/** Queries for models and their versions. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.model;
