package io.hindcast.api.market;

import java.math.BigDecimal;

/** The normal form of decimals in messages: no trailing zeros, no negative scale. */
final class Decimals {

    private Decimals() {}

    static BigDecimal normalised(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
