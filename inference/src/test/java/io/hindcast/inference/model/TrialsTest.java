package io.hindcast.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialsTest {

    private static final List<String> NONE = List.of();

    private final Trials<String> trials = new Trials<>();

    @Test
    void givesAnItemUpThatFailsBesideOthersThatSucceed() {
        assertThat(trials.settle(List.of("a"), List.of("bad")).givenUp()).isEmpty();
        assertThat(trials.settle(List.of("b"), List.of("bad")).givenUp()).isEmpty();
        assertThat(trials.settle(List.of("c"), List.of("bad")).givenUp()).containsExactly("bad");
        assertThat(trials.isGivenUp("bad")).isTrue();
    }

    @Test
    void givesAnItemUpThatFailsBetweenOthersThatSucceed() {
        for (int i = 1; i < Trials.TRIES; i++) {
            assertThat(trials.settle(NONE, List.of("bad")).givenUp()).isEmpty();
            assertThat(trials.settle(List.of("good " + i), NONE).again()).containsExactly("bad");
        }
        assertThat(trials.settle(NONE, List.of("bad")).givenUp()).containsExactly("bad");
    }

    @Test
    void givesNothingUpWhileEverythingFails() {
        for (int i = 0; i < 100; i++) {
            assertThat(trials.settle(NONE, List.of("a", "b")).givenUp()).isEmpty();
        }
        trials.settle(List.of("a", "b"), NONE);
        assertThat(trials.settle(List.of("a"), List.of("b")).givenUp()).isEmpty();
    }

    @Test
    void suspectsWhateverWorksOnTheItemsWhenAnotherOneFailsAlone() {
        assertThat(trials.settle(NONE, List.of("a")).suspicious()).isTrue();
        assertThat(trials.settle(NONE, List.of("a")).suspicious()).isFalse();
        assertThat(trials.settle(NONE, List.of("a", "b")).suspicious()).isTrue();
        assertThat(trials.settle(List.of("c"), List.of("d")).suspicious()).isFalse();
        assertThat(trials.settle(NONE, NONE).suspicious()).isFalse();
    }

    @Test
    void remembersABoundedNumberOfItems() {
        IntStream.range(0, 5_000).forEach(i -> trials.settle(NONE, List.of("bad " + i)));

        assertThat(trials.isFailing("bad 0")).isFalse();
        assertThat(trials.isFailing("bad 4999")).isTrue();
        assertThat(trials.settle(List.of("good"), NONE).again()).hasSize(1_000);
    }
}
