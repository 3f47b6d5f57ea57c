package io.hindcast.api.model;

import io.hindcast.api.market.Symbol;

/**
 * A notice that a query would now have another answer.
 *
 * @param kind simple name of the event, such as {@code SlotsShifted}
 * @param subject the version, training run, cycle or audit it is about
 */
public record ModelChange(Symbol symbol, String kind, String subject) {}
