/** The budget of rented machines. */
@org.jspecify.annotations.NullMarked
package io.hindcast.command.rental;
