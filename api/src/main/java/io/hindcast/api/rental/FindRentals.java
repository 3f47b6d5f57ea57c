package io.hindcast.api.rental;

import io.hindcast.api.market.Symbol;

/** Query: the rentals of a training cycle, in the order of their reservation. Answered by {@link RentalList}. */
public record FindRentals(Symbol symbol, int cycle) {}
