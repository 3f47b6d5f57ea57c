package io.hindcast.api.rental;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * An amount of US dollars, or a price in US dollars an hour, exact to a millionth. Amounts are rounded up, so that
 * rounding never understates a cost.
 *
 * @param amount 0 or more
 */
public record Usd(@JsonValue BigDecimal amount) implements Comparable<Usd> {

    public static final Usd ZERO = new Usd(BigDecimal.ZERO);

    private static final int DECIMALS = 6;
    private static final BigDecimal MILLISECONDS_OF_AN_HOUR = BigDecimal.valueOf(3_600_000);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Usd {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("amount was " + amount + " USD, expected 0 or more");
        }
        amount = amount.setScale(DECIMALS, RoundingMode.CEILING).stripTrailingZeros();
    }

    /** Reads an amount such as {@code 0.25}. */
    public static Usd of(String text) {
        return new Usd(new BigDecimal(text));
    }

    public Usd plus(Usd other) {
        return new Usd(amount.add(other.amount));
    }

    /** Returns the cost of some time at this price an hour. */
    public Usd costOf(Duration time) {
        BigDecimal millis = BigDecimal.valueOf(Math.max(0, time.toMillis()));
        return new Usd(amount.multiply(millis).divide(MILLISECONDS_OF_AN_HOUR, MathContext.DECIMAL128));
    }

    @Override
    public int compareTo(Usd other) {
        return amount.compareTo(other.amount);
    }

    /** Returns the amount with its currency, such as {@code 0.25 USD}. */
    @Override
    public String toString() {
        return amount.toPlainString() + " USD";
    }
}
