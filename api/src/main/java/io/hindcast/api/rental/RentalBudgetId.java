package io.hindcast.api.rental;

/** Identity of the one rental budget of a platform among the aggregates. */
public final class RentalBudgetId {

    public static final String ID = "rental-budget";

    private RentalBudgetId() {}
}
