package io.hindcast.api.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.RefusedException;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandleTest {

    private static final Instant TIME = Instant.parse("2022-01-01T00:00:00Z");

    private static Candle candle(
            String open,
            String high,
            String low,
            String close,
            String volume,
            String quote,
            long trades,
            String taker,
            String takerQuote) {
        return new Candle(
                TIME,
                new BigDecimal(open),
                new BigDecimal(high),
                new BigDecimal(low),
                new BigDecimal(close),
                new BigDecimal(volume),
                new BigDecimal(quote),
                trades,
                new BigDecimal(taker),
                new BigDecimal(takerQuote));
    }

    @Test
    void comparesByValueIgnoringScale() {
        Candle plain = candle("10", "12", "9", "11", "1.5", "100", 3, "0", "50");
        Candle padded = candle("10.00", "1.2E1", "9.0", "11.000", "1.50", "1E2", 3, "0.000", "50.0");
        assertThat(padded).isEqualTo(plain).hasSameHashCodeAs(plain);
        assertThat(padded.quoteVolume().toString()).isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource({
        "10, 12,  0, 11,  1, 10,  3, 1, 5,  low",
        "8,  12,  9, 11,  1, 10,  3, 1, 5,  open",
        "13, 12,  9, 11,  1, 10,  3, 1, 5,  open",
        "10, 12,  9,  8,  1, 10,  3, 1, 5,  close",
        "10, 12,  9, 13,  1, 10,  3, 1, 5,  close",
        "10, 12,  9, 11, -1, 10,  3, 1, 5,  volume",
        "10, 12,  9, 11,  1, -1,  3, 1, 5,  quoteVolume",
        "10, 12,  9, 11,  1, 10, -3, 1, 5,  trades",
        "10, 12,  9, 11,  1, 10,  3, 2, 5,  takerBuyVolume",
        "10, 12,  9, 11,  1, 10,  3, -1, 5, takerBuyVolume",
        "10, 12,  9, 11,  1, 10,  3, 1, 11, takerBuyQuoteVolume",
        "10, 12,  9, 11,  1, 10,  3, 1, -1, takerBuyQuoteVolume"
    })
    void refusesImpossibleBar(
            String open,
            String high,
            String low,
            String close,
            String volume,
            String quote,
            long trades,
            String taker,
            String takerQuote,
            String field) {
        assertThatThrownBy(() -> candle(open, high, low, close, volume, quote, trades, taker, takerQuote))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(field + " of the candle at 2022-01-01T00:00:00Z");
    }
}
