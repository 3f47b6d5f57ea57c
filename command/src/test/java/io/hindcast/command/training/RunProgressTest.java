package io.hindcast.command.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.RecordTrainingProgress;
import io.hindcast.api.training.TrainingProgress;
import io.hindcast.api.training.TrainingProgressRecorded;
import io.hindcast.api.training.TrainingRunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private static final TrainingRunId RUN = new TrainingRunId(new Symbol("BTCUSDT"), 1, ModelFamily.TST, 1);
    private static final Instant AT = Instant.parse("2022-02-01T00:00:00Z");

    private final FixtureConfiguration<RunProgress> fixture = new AggregateTestFixture<>(RunProgress.class);

    private static TrainingProgress batch(int launch, int batch) {
        return new TrainingProgress(launch, batch, List.of(batch), new TreeMap<>(Map.of("loss", List.of(1.0))));
    }

    private static RecordTrainingProgress record(int launch, int batch) {
        return new RecordTrainingProgress(RUN.symbol(), RUN, batch(launch, batch), AT);
    }

    private static TrainingProgressRecorded recorded(int launch, int batch) {
        return new TrainingProgressRecorded(RUN, batch(launch, batch), AT);
    }

    @Test
    void recordsEachBatchOnce() {
        fixture.givenNoPriorActivity().when(record(1, 1)).expectEvents(recorded(1, 1));
        fixture.given(recorded(1, 1), recorded(1, 2)).when(record(1, 2)).expectNoEvents();
        fixture.given(recorded(1, 1), recorded(1, 2)).when(record(1, 1)).expectNoEvents();
        fixture.given(recorded(1, 2)).when(record(1, 3)).expectEvents(recorded(1, 3));
    }

    @Test
    void batchesBeginAnewWithEachLaunch() {
        fixture.given(recorded(1, 5)).when(record(2, 1)).expectEvents(recorded(2, 1));
        fixture.given(recorded(1, 5), recorded(2, 1)).when(record(1, 6)).expectNoEvents();
    }

    @Test
    void refusesBatchesWithoutBound() {
        assertThatThrownBy(() -> batch(1, TrainingProgress.MAX_BATCHES + 1)).hasMessageContaining("BAD_PROGRESS");
        assertThatThrownBy(() -> new TrainingProgress(1, 1, List.of(2, 1), new TreeMap<>()))
                .hasMessageContaining("step after 2");
        assertThatThrownBy(() -> new TrainingProgress(1, 1, List.of(1, 2), new TreeMap<>(Map.of("loss", List.of(1.0)))))
                .hasMessageContaining("values of loss");
    }
}
