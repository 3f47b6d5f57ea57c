package io.hindcast.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.prediction.Signal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    /** Rows are outcomes, columns signals: SELL, HOLD, BUY. */
    private static Evaluation of(List<List<Integer>> confusion) {
        int rows = confusion.stream()
                .flatMap(List::stream)
                .mapToInt(count -> count)
                .sum();
        return new Evaluation(rows, 0, 0, 0, 0, 0, confusion, 0, 0, 0, 0, List.of(), 1.1, Optional.empty());
    }

    @Test
    void oneSignalForAllRowsIsDegenerateIfOutcomesDiffer() {
        assertThat(of(List.of(List.of(40, 0, 0), List.of(30, 0, 0), List.of(30, 0, 0)))
                        .degenerate())
                .contains(Signal.SELL);
        assertThat(of(List.of(List.of(0, 0, 98), List.of(0, 0, 1), List.of(0, 0, 1)))
                        .degenerate())
                .as("however rare that signal's outcome is")
                .contains(Signal.BUY);
    }

    @Test
    void constantBeginsAtNinetyNinePercent() {
        assertThat(of(List.of(List.of(0, 40, 0), List.of(0, 30, 0), List.of(1, 29, 0)))
                        .degenerate())
                .contains(Signal.HOLD);
        assertThat(of(List.of(List.of(0, 40, 0), List.of(0, 30, 0), List.of(2, 28, 0)))
                        .degenerate())
                .isEmpty();
    }

    @Test
    void constantOutcomeAndNoRowsAreNotDegenerate() {
        assertThat(of(List.of(List.of(0, 0, 0), List.of(0, 99, 0), List.of(0, 1, 0)))
                        .degenerate())
                .isEmpty();
        assertThat(of(List.of()).degenerate()).isEmpty();
        assertThat(of(List.of(List.of(0, 0, 0), List.of(0, 0, 0), List.of(0, 0, 0)))
                        .degenerate())
                .isEmpty();
    }
}
