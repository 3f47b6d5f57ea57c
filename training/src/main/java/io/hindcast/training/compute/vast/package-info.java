/** Workers on machines rented from Vast.ai, by its documented HTTP API. */
@org.jspecify.annotations.NullMarked
package io.hindcast.training.compute.vast;
