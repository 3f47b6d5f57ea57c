package io.hindcast.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.training.TrainingProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetricsBatchesTest {

    private final AtomicLong now = new AtomicLong();
    private final MetricsBatches metrics = new MetricsBatches(2, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aRunOfHoursHasABoundedNumberOfBatchesWithEveryStep() {
        List<TrainingProgress> sent = new ArrayList<>();
        for (int step = 1; step <= 5 * 3_600; step++) {
            metrics.add(step, Map.of("validation loss", 1.0 / step));
            pass(Duration.ofSeconds(1));
            metrics.due().ifPresent(batch -> {
                sent.add(batch);
                metrics.acknowledge();
            });
        }
        metrics.rest().ifPresent(sent::add);

        assertThat(sent).hasSizeBetween(50, 200);
        assertThat(sent.getFirst().steps()).as("seen after two seconds").containsExactly(1, 2);
        assertThat(sent).extracting(TrainingProgress::batch).isSorted().startsWith(1, 2, 3);
        assertThat(sent.stream().mapToInt(batch -> batch.steps().size()).sum()).isEqualTo(5 * 3_600);
    }

    @Test
    void aBatchStaysTheSameUntilItIsAcknowledged() {
        metrics.add(1, Map.of("loss", 1.0));
        pass(Duration.ofSeconds(3));
        Optional<TrainingProgress> first = metrics.due();
        metrics.add(2, Map.of("loss", 2.0));
        assertThat(metrics.due()).isEqualTo(first).isPresent();
        metrics.acknowledge();
        assertThat(metrics.due()).isEmpty();
        assertThat(metrics.rest().orElseThrow().steps()).containsExactly(2);
    }

    @Test
    void aMetricThatAStepLacksIsNull() {
        metrics.add(1, Map.of("a b", 1.0, "never", Double.NaN));
        metrics.add(2, Map.of("c", 2.0));
        TrainingProgress batch = metrics.rest().orElseThrow();
        assertThat(batch.launch()).isEqualTo(2);
        assertThat(batch.metrics()).containsOnlyKeys("a-b", "c");
        assertThat(batch.metrics().get("a-b")).containsExactly(1.0, null);
    }

    @Test
    void aFloodOfStepsIsThinnedOut() {
        for (int step = 1; step <= 10_000; step++) {
            metrics.add(step, Map.of("loss", (double) step));
        }
        List<Integer> steps = metrics.rest().orElseThrow().steps();
        assertThat(steps).hasSizeLessThanOrEqualTo(TrainingProgress.MAX_STEPS).isSorted();
        assertThat(steps.getLast()).isEqualTo(10_000);
    }
}
