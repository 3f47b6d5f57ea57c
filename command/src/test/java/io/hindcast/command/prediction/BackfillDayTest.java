package io.hindcast.command.prediction;

import static io.hindcast.command.RefusedWith.code;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.BackfillDayRecorded;
import io.hindcast.api.prediction.BackfillScoresRecorded;
import io.hindcast.api.prediction.BackfilledBars;
import io.hindcast.api.prediction.BackfilledScores;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.RecordBackfillDay;
import io.hindcast.api.prediction.RecordBackfillScores;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class BackfillDayTest {

    private static final BackfillDayId TREES = BackfillDayId.parse("backfill:lightgbm:BTCUSDT:3:2022-01-05");
    private static final BackfillDayId READER = BackfillDayId.parse("backfill:trl:BTCUSDT:1:2022-01-05");
    private static final ScorerSpec SCORER = new ScorerSpec("flat-trees", "1");
    private static final Instant NOW = Instant.parse("2022-02-01T00:00:00Z");
    private static final Instant SEEN = Instant.parse("2022-01-05T10:00:00Z");
    private static final ArticleId ARTICLE = ArticleId.of(new ArticleUrl("https://example.com/news"));

    /** A fixture is for one aggregate and one command. */
    private static FixtureConfiguration<BackfillDay> day() {
        return new AggregateTestFixture<>(BackfillDay.class);
    }

    private static BackfilledBars bars(int... minutes) {
        return new BackfilledBars(
                IntStream.of(minutes).boxed().toList(),
                Collections.nCopies(minutes.length, 0.25),
                Collections.nCopies(minutes.length, 0.5),
                Collections.nCopies(minutes.length, 0.25));
    }

    private static RecordBackfillDay record(BackfilledBars bars) {
        return new RecordBackfillDay(TREES, SCORER, NOW, bars);
    }

    private static BackfillDayRecorded recorded(BackfilledBars bars) {
        return new BackfillDayRecorded(TREES, SCORER, NOW, bars);
    }

    private static BackfilledScores scores(Instant knownAt, double sell, int... readings) {
        int n = readings.length;
        return new BackfilledScores(
                Collections.nCopies(n, ARTICLE),
                IntStream.of(readings).boxed().toList(),
                Collections.nCopies(n, SEEN),
                Collections.nCopies(n, knownAt),
                Collections.nCopies(n, false),
                Collections.nCopies(n, sell),
                Collections.nCopies(n, 0.5),
                Collections.nCopies(n, 0.25));
    }

    private static RecordBackfillScores record(BackfilledScores scores) {
        return new RecordBackfillScores(READER, SCORER, NOW, scores);
    }

    @Test
    void recordsWholeDayInOneEvent() {
        int[] all = IntStream.range(0, 1_440).toArray();
        day().givenNoPriorActivity()
                .when(record(bars(all)))
                .expectEvents(recorded(bars(all)))
                .expectResultMessagePayload(new PredictionsReceipt(1_440, 0));
    }

    @Test
    void dropsBarsThatItHolds() {
        day().given(recorded(bars(0, 1)))
                .when(record(bars(0, 1, 7, 7)))
                .expectEvents(recorded(bars(7)))
                .expectResultMessagePayload(new PredictionsReceipt(1, 3));
        day().given(recorded(bars(0, 1)), recorded(bars(7)))
                .when(record(bars(1, 7)))
                .expectNoEvents()
                .expectResultMessagePayload(new PredictionsReceipt(0, 2));
    }

    @Test
    void refusesBarsOutsideTheDay() {
        day().givenNoPriorActivity().when(record(bars(1_440))).expectException(code("OUT_OF_DAY"));
        day().givenNoPriorActivity().when(record(bars(5, -1))).expectException(code("OUT_OF_DAY"));
    }

    @Test
    void refusesEmptyDay() {
        day().givenNoPriorActivity().when(record(bars())).expectException(code("NO_PREDICTIONS"));
        day().givenNoPriorActivity().when(record(scores(SEEN, 0.25))).expectException(code("NO_PREDICTIONS"));
    }

    @Test
    void refusesWhatIsNotAProbabilityDistribution() {
        for (double sell : new double[] {0.3, -0.25, Double.NaN}) {
            day().givenNoPriorActivity()
                    .when(record(new BackfilledBars(List.of(3), List.of(sell), List.of(0.5), List.of(0.25))))
                    .expectException(code("BAD_PROBABILITIES"));
            day().givenNoPriorActivity().when(record(scores(SEEN, sell, 0))).expectException(code("BAD_PROBABILITIES"));
        }
    }

    @Test
    void refusesRowsOfAnotherKindOfModel() {
        day().givenNoPriorActivity()
                .when(new RecordBackfillDay(READER, SCORER, NOW, bars(1)))
                .expectException(code("BAD_VERSION"));
        day().givenNoPriorActivity()
                .when(new RecordBackfillScores(TREES, SCORER, NOW, scores(SEEN, 0.25, 0)))
                .expectException(code("BAD_VERSION"));
    }

    @Test
    void recordsEachTextOnce() {
        day().given(new BackfillScoresRecorded(READER, SCORER, NOW, scores(SEEN, 0.25, 0)))
                .when(record(scores(SEEN, 0.25, 0, 1)))
                .expectEvents(new BackfillScoresRecorded(READER, SCORER, NOW, scores(SEEN, 0.25, 1)))
                .expectResultMessagePayload(new PredictionsReceipt(1, 1));
    }

    @Test
    void refusesTextsOfAnotherDayOrKnownBeforeTheyWereSeen() {
        day().givenNoPriorActivity()
                .when(record(scores(SEEN.plusSeconds(86_400), 0.25, 0)))
                .expectException(code("OUT_OF_DAY"));
        day().givenNoPriorActivity()
                .when(record(scores(SEEN.minusSeconds(1), 0.25, 0)))
                .expectException(code("READ_BEFORE_KNOWN"));
        day().givenNoPriorActivity().when(record(scores(SEEN, 0.25, -1))).expectException(code("BAD_READING"));
    }
}
