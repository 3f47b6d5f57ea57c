package io.hindcast.ml.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void aChangeBeyondTheThresholdIsASignalAndOneOnItIsNot() {
        LabelSpec label = new LabelSpec(1, 1);
        assertThat(Outcome.of(label, 100, 101.01)).isEqualTo(Signal.BUY);
        assertThat(Outcome.of(label, 100, 101)).isEqualTo(Signal.HOLD);
        assertThat(Outcome.of(label, 100, 99)).isEqualTo(Signal.HOLD);
        assertThat(Outcome.of(label, 100, 98.99)).isEqualTo(Signal.SELL);
        assertThat(Outcome.changePercent(200, 201)).isEqualTo(0.5);
    }

    @Test
    void classNumbersAreThoseThatStoredModelsDependOn() {
        assertThat(SignalClass.ORDER).containsExactly(Signal.SELL, Signal.HOLD, Signal.BUY);
        for (Signal signal : Signal.values()) {
            assertThat(SignalClass.signal(SignalClass.of(signal))).isEqualTo(signal);
        }
    }
}
