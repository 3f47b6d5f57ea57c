package io.hindcast.api.rental;

/** An event of the rental budget. */
public sealed interface RentalEvent
        permits RentalLimitsSet, RentalReserved, MachineRented, MachineAvoided, RentalEnded {}
