package io.hindcast.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureAttributionTest {

    private static final List<String> NONE = List.of();

    private final FailureAttribution<String> failures = new FailureAttribution<>();

    @Test
    void abandonsItemThatFailsWhileOthersSucceed() {
        assertThat(failures.record(List.of("a"), List.of("bad")).abandoned()).isEmpty();
        assertThat(failures.record(List.of("b"), List.of("bad")).abandoned()).isEmpty();
        assertThat(failures.record(List.of("c"), List.of("bad")).abandoned()).containsExactly("bad");
        assertThat(failures.isAbandoned("bad")).isTrue();
    }

    @Test
    void abandonsItemThatFailsBetweenSuccessesOfOthers() {
        for (int i = 1; i < FailureAttribution.FAILURE_LIMIT; i++) {
            assertThat(failures.record(NONE, List.of("bad")).abandoned()).isEmpty();
            assertThat(failures.record(List.of("good " + i), NONE).retry()).containsExactly("bad");
        }
        assertThat(failures.record(NONE, List.of("bad")).abandoned()).containsExactly("bad");
    }

    @Test
    void abandonsNothingWhileEverythingFails() {
        for (int i = 0; i < 100; i++) {
            assertThat(failures.record(NONE, List.of("a", "b")).abandoned()).isEmpty();
        }
        failures.record(List.of("a", "b"), NONE);
        assertThat(failures.record(List.of("a"), List.of("b")).abandoned()).isEmpty();
    }

    @Test
    void suspectsWorkerWhenAnotherItemFailsWithoutAnySuccess() {
        assertThat(failures.record(NONE, List.of("a")).workerSuspected()).isTrue();
        assertThat(failures.record(NONE, List.of("a")).workerSuspected()).isFalse();
        assertThat(failures.record(NONE, List.of("a", "b")).workerSuspected()).isTrue();
        assertThat(failures.record(List.of("c"), List.of("d")).workerSuspected())
                .isFalse();
        assertThat(failures.record(NONE, NONE).workerSuspected()).isFalse();
    }

    @Test
    void remembersBoundedNumberOfItems() {
        IntStream.range(0, 5_000).forEach(i -> failures.record(NONE, List.of("bad " + i)));

        assertThat(failures.isFailing("bad 0")).isFalse();
        assertThat(failures.isFailing("bad 4999")).isTrue();
        assertThat(failures.record(List.of("good"), NONE).retry()).hasSize(1_000);
    }
}
