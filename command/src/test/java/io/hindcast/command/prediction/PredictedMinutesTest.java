package io.hindcast.command.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionDayId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.prediction.RecordPredictions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictedMinutesTest {

    private static final PredictionDayId DAY = PredictionDayId.parse("predictions:BTCUSDT:1m:2022-01-01");
    private static final VersionId V1 = VersionId.parse("lightgbm:BTCUSDT:1");
    private static final Instant NOW = Instant.parse("2022-01-01T00:06:00Z");

    private final PredictedMinutes minutes = new PredictedMinutes();

    private static RecordPredictions predict(int... minutes) {
        List<Integer> rows = java.util.Arrays.stream(minutes).boxed().toList();
        return new RecordPredictions(
                DAY,
                NOW,
                new Predictions(
                        List.of(V1),
                        List.of(new ScorerSpec("flat-trees", "1")),
                        rows.stream().map(row -> 0).toList(),
                        rows,
                        rows.stream().map(row -> 0).toList(),
                        rows.stream().map(row -> 0.2).toList(),
                        rows.stream().map(row -> 0.5).toList(),
                        rows.stream().map(row -> 0.3).toList()));
    }

    @Test
    void recordsEachMinuteOfAVersionOnce() {
        PredictionsRecorded first = minutes.decide(predict(5)).orElseThrow();
        minutes.evolve(first);

        PredictionsRecorded second = minutes.decide(predict(4, 5, 4)).orElseThrow();

        assertThat(first.origin()).containsExactly(PredictionOrigin.LIVE);
        assertThat(second.predictions().minute()).containsExactly(4);
        assertThat(second.origin()).containsExactly(PredictionOrigin.LATE);
        assertThat(minutes.decide(predict(5))).isEmpty();
    }

    @Test
    void refusesMinuteOutsideTheDay() {
        assertThatThrownBy(() -> minutes.decide(predict(1_440))).hasMessageContaining("OUT_OF_DAY");
    }
}
