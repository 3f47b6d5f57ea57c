package io.hindcast.api.rental;

/**
 * An offer of a machine at a price.
 *
 * @param offer number of the offer at its provider
 * @param machine number of the physical machine at its provider
 * @param gpu model of the GPU
 * @param perHour GPU and storage for an hour
 * @param traffic expected cost of all traffic of one run
 */
public record RentalOffer(long offer, long machine, String gpu, Usd perHour, Usd traffic) {}
