package io.hindcast.api.rental;

import java.util.List;

/** The rentals of a training cycle. */
public record RentalList(List<RentalView> rentals) {
    public RentalList {
        rentals = List.copyOf(rentals);
    }
}
