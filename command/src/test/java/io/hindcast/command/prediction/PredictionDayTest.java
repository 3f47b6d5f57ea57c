package io.hindcast.command.prediction;

import static io.hindcast.api.prediction.PredictionOrigin.LATE;
import static io.hindcast.api.prediction.PredictionOrigin.LIVE;
import static io.hindcast.command.RefusedWith.code;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionDayId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.prediction.RecordPredictions;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class PredictionDayTest {

    private static final PredictionDayId DAY = PredictionDayId.parse("predictions:BTCUSDT:1m:2022-01-01");
    private static final VersionId V1 = VersionId.parse("lightgbm:BTCUSDT:1");
    private static final VersionId V2 = VersionId.parse("lightgbm:BTCUSDT:2");
    private static final ScorerSpec TREES = new ScorerSpec("flat-trees", "1");

    private final FixtureConfiguration<PredictionDay> day = new AggregateTestFixture<>(PredictionDay.class);

    private static Instant at(int minute) {
        return Instant.parse("2022-01-01T00:00:00Z").plusSeconds(60L * minute);
    }

    private static RecordPredictions record(Instant at, Predictions predictions) {
        return new RecordPredictions(DAY, at, predictions);
    }

    private static PredictionsRecorded recorded(Instant at, Predictions predictions, PredictionOrigin... origins) {
        return new PredictionsRecorded(DAY, at, predictions, List.of(origins));
    }

    private static Predictions both(int minute) {
        return new Predictions(
                List.of(V1, V2),
                List.of(TREES, TREES),
                List.of(0, 1),
                List.of(minute, minute),
                List.of(0, 0),
                List.of(0.2, 0.3),
                List.of(0.5, 0.3),
                List.of(0.3, 0.4));
    }

    private static Predictions one(VersionId version, int minute, double buy) {
        return new Predictions(
                List.of(version),
                List.of(TREES),
                List.of(0),
                List.of(minute),
                List.of(0),
                List.of(0.9 - buy),
                List.of(0.1),
                List.of(buy));
    }

    @Test
    void recordsPredictionsOfAllLanesInOneEvent() {
        day.givenNoPriorActivity()
                .when(record(at(6), both(5)))
                .expectEvents(recorded(at(6), both(5), LIVE, LIVE))
                .expectResultMessagePayload(new PredictionsReceipt(2, 0));
    }

    @Test
    void keepsFirstPredictionOfVersionForBar() {
        day.given(recorded(at(6), one(V1, 5, 0.2), LIVE))
                .when(record(at(6), one(V1, 5, 0.7)))
                .expectNoEvents()
                .expectResultMessagePayload(new PredictionsReceipt(0, 1));
    }

    @Test
    void recordsOnlyNewPredictions() {
        Predictions second = new Predictions(
                List.of(V2),
                List.of(TREES),
                List.of(0),
                List.of(5),
                List.of(0),
                List.of(0.3),
                List.of(0.3),
                List.of(0.4));
        day.given(recorded(at(6), one(V1, 5, 0.2), LIVE))
                .when(record(at(6), both(5)))
                .expectEvents(recorded(at(6), second, LIVE))
                .expectResultMessagePayload(new PredictionsReceipt(1, 1));
    }

    @Test
    void dropsRepeatedRow() {
        Predictions twice = new Predictions(
                List.of(V1),
                List.of(TREES),
                List.of(0, 0),
                List.of(5, 5),
                List.of(0, 0),
                List.of(0.2, 0.3),
                List.of(0.1, 0.3),
                List.of(0.7, 0.4));
        day.givenNoPriorActivity()
                .when(record(at(6), twice))
                .expectEvents(recorded(
                        at(6),
                        new Predictions(
                                List.of(V1),
                                List.of(TREES),
                                List.of(0),
                                List.of(5),
                                List.of(0),
                                List.of(0.2),
                                List.of(0.1),
                                List.of(0.7)),
                        LIVE));
    }

    @Test
    void predictionIsLateOnceItsOutcomeIsPartlyVisible() {
        Predictions predictions = one(V1, 5, 0.2);
        day.givenNoPriorActivity()
                .when(record(at(7).minusMillis(1), predictions))
                .expectEvents(recorded(at(7).minusMillis(1), predictions, LIVE));
        day.givenNoPriorActivity().when(record(at(7), predictions)).expectEvents(recorded(at(7), predictions, LATE));
    }

    @Test
    void refusesValuesThatAreNotAProbabilityDistribution() {
        for (double buy : new double[] {-0.1, 1.2, Double.NaN}) {
            day.givenNoPriorActivity()
                    .when(record(
                            at(6),
                            new Predictions(
                                    List.of(V1),
                                    List.of(TREES),
                                    List.of(0),
                                    List.of(5),
                                    List.of(0),
                                    List.of(0.5),
                                    List.of(0.6),
                                    List.of(buy))))
                    .expectNoEvents()
                    .expectException(code("BAD_PROBABILITIES"));
        }
    }

    @Test
    void refusesMinutesOfAnotherDay() {
        day.givenNoPriorActivity().when(record(at(6), one(V1, 1440, 0.2))).expectException(code("OUT_OF_DAY"));
        day.givenNoPriorActivity().when(record(at(6), one(V1, -1, 0.2))).expectException(code("OUT_OF_DAY"));
    }

    @Test
    void refusesVersionsOfAnotherSymbol() {
        day.givenNoPriorActivity()
                .when(record(at(6), one(VersionId.parse("lightgbm:ETHUSDT:1"), 5, 0.2)))
                .expectException(code("BAD_VERSION"));
    }

    @Test
    void refusesVersionNamedTwice() {
        day.givenNoPriorActivity()
                .when(record(
                        at(6),
                        new Predictions(
                                List.of(V1, V1),
                                List.of(TREES, TREES),
                                List.of(0),
                                List.of(5),
                                List.of(0),
                                List.of(0.2),
                                List.of(0.1),
                                List.of(0.7))))
                .expectException(code("BAD_VERSION"));
    }

    @Test
    void refusesRowWithoutVersionOrRevision() {
        day.givenNoPriorActivity().when(record(at(6), row(1, 0))).expectException(code("BAD_VERSION"));
        day.givenNoPriorActivity().when(record(at(6), row(0, -1))).expectException(code("BAD_REVISION"));
    }

    private static Predictions row(int version, int revision) {
        return new Predictions(
                List.of(V1),
                List.of(TREES),
                List.of(version),
                List.of(5),
                List.of(revision),
                List.of(0.2),
                List.of(0.1),
                List.of(0.7));
    }

    @Test
    void refusesEmptyCommand() {
        Predictions none =
                new Predictions(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        day.givenNoPriorActivity().when(record(at(6), none)).expectException(code("NO_PREDICTIONS"));
    }
}
