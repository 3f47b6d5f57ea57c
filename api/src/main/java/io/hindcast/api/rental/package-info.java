/** Rented machines: prices, reservations, costs and the limits of spending. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.rental;
