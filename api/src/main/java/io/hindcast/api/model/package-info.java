/** Models, their versions, slots, artifacts and evaluations. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.model;
