package io.hindcast.training.compute.vast;

import io.hindcast.api.training.TrainingFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A reason to give up an instance that exists.
 *
 * @param failure with which its run ends
 * @param avoid whether the machine is to blame
 */
record Verdict(TrainingFailure failure, boolean avoid) {

    /** Time for destroying a machine before the reserved money would not suffice. */
    static final Duration TO_DESTROY = Duration.ofMinutes(10);

    private static final String AGAIN = "It is tried again on another machine";

    /** Share by which an instance's price may differ from the offer's by rounding. */
    private static final BigDecimal TOLERANCE = new BigDecimal("1.001");

    private static final BigDecimal LEAST_TOLERANCE = new BigDecimal("0.000002");

    /**
     * Judges an instance; empty if it may go on.
     *
     * @param away time for which its host has not been heard of; zero if it has
     */
    static Optional<Verdict> of(
            VastInstance instance, RentalBook.Entry rental, Instant now, Duration away, Duration longestAway) {
        Optional<Verdict> price = price(instance, rental);
        if (price.isPresent()) {
            return price;
        }
        if (!now.isBefore(rental.reserved().until().minus(TO_DESTROY))) {
            return Optional.of(new Verdict(
                    new TrainingFailure(
                            "its machine was rented for as long as money is reserved for it, until "
                                    + rental.reserved().until(),
                            "Shorten the run (hindcast.training.time-budget), or see in its log why it takes so long",
                            true),
                    false));
        }
        return switch (instance.status()) {
            case "exited", "stopped", "frozen" ->
                Optional.of(blamed("its machine's container is " + instance.status() + noted(instance)));
            case "offline", "unknown" ->
                away.compareTo(longestAway) > 0
                        ? Optional.of(blamed("its machine's host has been " + instance.status() + " for "
                                + away.toSeconds() + " s" + noted(instance)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A price is never higher than agreed unless somebody accepts it: this platform never does. */
    private static Optional<Verdict> price(VastInstance instance, RentalBook.Entry rental) {
        BigDecimal agreed = rental.reserved().offer().perHour().amount();
        BigDecimal most = agreed.multiply(TOLERANCE).max(agreed.add(LEAST_TOLERANCE));
        return instance.perHour()
                .filter(price -> price.compareTo(most) > 0)
                .map(price -> blamed("its machine's price rose from " + agreed.toPlainString() + " to "
                        + price.toPlainString() + " USD an hour"));
    }

    private static Verdict blamed(String reason) {
        return new Verdict(new TrainingFailure(reason, AGAIN, true), true);
    }

    static boolean isAway(VastInstance instance) {
        return instance.status().equals("offline") || instance.status().equals("unknown");
    }

    private static String noted(VastInstance instance) {
        return instance.message().isEmpty() ? "" : ": " + instance.message();
    }
}
