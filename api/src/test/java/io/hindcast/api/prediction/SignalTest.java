package io.hindcast.api.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.PriceChange;
import org.junit.jupiter.api.Test;

class SignalTest {

    @Test
    void changeBeyondThresholdIsBuyOrSellAndChangeEqualToItIsHold() {
        assertThat(Signal.of(1.01, 1)).isEqualTo(Signal.BUY);
        assertThat(Signal.of(1, 1)).isEqualTo(Signal.HOLD);
        assertThat(Signal.of(0, 1)).isEqualTo(Signal.HOLD);
        assertThat(Signal.of(-1, 1)).isEqualTo(Signal.HOLD);
        assertThat(Signal.of(-1.01, 1)).isEqualTo(Signal.SELL);
    }

    @Test
    void namesTheChangeBetweenTwoPrices() {
        assertThat(PriceChange.percent(200, 201)).isEqualTo(0.5);
        assertThat(Signal.of(PriceChange.percent(100, 101.01), 1)).isEqualTo(Signal.BUY);
        assertThat(Signal.of(PriceChange.percent(100, 101), 1)).isEqualTo(Signal.HOLD);
        assertThat(Signal.of(PriceChange.percent(100, 99), 1)).isEqualTo(Signal.HOLD);
        assertThat(Signal.of(PriceChange.percent(100, 98.99), 1)).isEqualTo(Signal.SELL);
    }

    @Test
    void classOrderIsTheOneStoredModelsDependOn() {
        assertThat(Signal.CLASSES).containsExactly(Signal.SELL, Signal.HOLD, Signal.BUY);
        for (Signal signal : Signal.values()) {
            assertThat(Signal.ofClass(signal.classIndex())).isEqualTo(signal);
        }
    }
}
