package io.hindcast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hindcast.api.training.TrainingFailure;
import io.hindcast.ml.memory.AvailableMemory;
import io.hindcast.ml.memory.MemoryEstimate;
import org.junit.jupiter.api.Test;

class RunFailuresTest {

    private static final long GIGABYTE = 1L << 30;
    private static final long LIMIT = 640L << 20;

    @Test
    void reportsTheHeapSizeThatARunNeeds() {
        AvailableMemory memory = new AvailableMemory(LIMIT, LIMIT / 4, LIMIT, 8 * GIGABYTE);
        TrainingFailure failure =
                RunFailures.of(catchThrowable(() -> memory.check(MemoryEstimate.lightGbm(2_000_000, 30))));
        assertThat(failure.reason())
                .contains("a LightGBM training on 2000000 bars", "MB of heap", "480 of its 640 MB are free");
        assertThat(failure.remedy())
                .contains("heap-megabytes=", "hindcast.sagas.history-days", "hindcast.training.tst.preset");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void reportsARunThatDoesNotFitIntoTheMachine() {
        AvailableMemory memory = new AvailableMemory(8 * GIGABYTE, 0, GIGABYTE, GIGABYTE / 4);
        TrainingFailure failure =
                RunFailures.of(catchThrowable(() -> memory.check(MemoryEstimate.lightGbm(2_000_000, 30))));
        assertThat(failure.reason()).contains("of the machine's memory, and 256 MB are left");
        assertThat(failure.remedy()).contains("hindcast.training.worker.memory-megabytes");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void retriesFailuresOfTheEnvironmentOnly() {
        assertThat(RunFailures.of(new IllegalArgumentException("too little data"))
                        .retryable())
                .isFalse();
        assertThat(RunFailures.of(new OutOfMemoryError()).reason())
                .isEqualTo("it ran out of memory (OutOfMemoryError)");
        assertThat(RunFailures.of(new UnsatisfiedLinkError("libgomp.so.1")).remedy())
                .contains("libgomp1");
        assertThat(RunFailures.of(new IllegalStateException("the artifact store is away"))
                        .retryable())
                .isTrue();
    }
}
