package io.hindcast.api.rental;

/**
 * Most that may be spent on rented machines.
 *
 * @param cycle in one training cycle
 * @param month in one calendar month, UTC
 */
public record RentalLimits(Usd cycle, Usd month) {}
