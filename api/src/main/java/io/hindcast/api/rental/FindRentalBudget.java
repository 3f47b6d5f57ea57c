package io.hindcast.api.rental;

import java.time.YearMonth;

/**
 * Query: what was spent and reserved in a calendar month, and the limits. Answered by {@link RentalBudgetView}.
 *
 * @param month UTC
 */
public record FindRentalBudget(YearMonth month) {}
