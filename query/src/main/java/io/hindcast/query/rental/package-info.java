/** Queries for rented machines and their cost. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.rental;
