package io.hindcast.api.rental;

import java.time.YearMonth;
import java.util.Optional;

/**
 * Money for rented machines in one calendar month.
 *
 * @param spent on machines that are gone
 * @param reserved for machines that go on
 * @param limits empty if none were ever set: no machine is rented
 */
public record RentalBudgetView(YearMonth month, Usd spent, Usd reserved, Optional<RentalLimits> limits) {}
