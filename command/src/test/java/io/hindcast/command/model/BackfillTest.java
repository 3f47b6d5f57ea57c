package io.hindcast.command.model;

import static io.hindcast.command.RefusedWith.code;
import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.Training.PROVENANCE;
import static io.hindcast.command.Training.TREES;
import static io.hindcast.command.Training.artifact;

import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.BeginBackfill;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.RequestBackfill;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionRegistered;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

/** The backfill of a version's past, as the model guards it. */
class BackfillTest {

    private static final ModelId MODEL = ModelId.parse("lightgbm:BTCUSDT");
    private static final Instant NOW = Instant.parse("2022-02-01T00:00:00Z");
    private static final Instant FROM = Instant.parse("2021-08-01T00:00:00Z");
    private static final LogPosition CUT = new LogPosition("BTCUSDT:1m:2022-02-01", 17);
    private static final Backfill BACKFILL = new Backfill(FROM, NOW, 184, 264_960);
    private static final BackfillBegun BEGUN = new BackfillBegun(MODEL.version(1), FROM, NOW, 184, NOW);
    private static final BackfillCompleted COMPLETED = new BackfillCompleted(MODEL.version(1), BACKFILL, NOW);
    private static final BackfillGivenUp GIVEN_UP = new BackfillGivenUp(MODEL.version(1), "deadline", NOW);
    private static final BackfillRequested REQUESTED = new BackfillRequested(MODEL.version(1), "missed bars", NOW);
    private static final SlotsShifted SHIFTED =
            new SlotsShifted(MODEL.version(1), new Slots(Map.of(Slot.BASELINE, 1)), NOW);

    private final FixtureConfiguration<Model> model = new AggregateTestFixture<>(Model.class);

    private TestExecutor<Model> registered() {
        return model.given(
                new VersionRegistered(
                        MODEL.version(1), "run 1", artifact(1), TREES, PROVENANCE, EVALUATION, NOW, Duration.ofDays(7)),
                new PromotionBegun(MODEL.version(1), artifact(1), TREES, NOW, Optional.empty()));
    }

    private TestExecutor<Model> joined() {
        return registered().andGiven(new LaneJoined(MODEL.version(1), CUT, NOW));
    }

    private static BeginBackfill begin() {
        return new BeginBackfill(MODEL, 1, FROM, NOW, 184, NOW);
    }

    private static CompleteBackfill complete() {
        return new CompleteBackfill(MODEL, 1, BACKFILL, NOW);
    }

    private static GiveUpBackfill giveUp() {
        return new GiveUpBackfill(MODEL, 1, "deadline", NOW);
    }

    private static RequestBackfill request() {
        return new RequestBackfill(MODEL, 1, "missed bars", NOW);
    }

    @Test
    void beginsOnceAfterTheLaneHasJoined() {
        registered().when(begin()).expectException(code("NO_BACKFILL"));
        joined().when(begin()).expectEvents(BEGUN);
        joined().andGiven(BEGUN).when(begin()).expectNoEvents();
    }

    @Test
    void completesOnceAfterTheLaneHasJoined() {
        registered().when(complete()).expectException(code("LANE_NOT_JOINED"));
        joined().when(complete()).expectEvents(COMPLETED);
        joined().andGiven(BEGUN, COMPLETED).when(complete()).expectNoEvents();
    }

    @Test
    void promotionAwaitsItsBackfill() {
        joined().when(new CompletePromotion(MODEL, 1, NOW)).expectException(code("BACKFILL_PENDING"));
        joined().andGiven(BEGUN).when(new CompletePromotion(MODEL, 1, NOW)).expectException(code("BACKFILL_PENDING"));
        joined().andGiven(COMPLETED).when(new CompletePromotion(MODEL, 1, NOW)).expectEvents(SHIFTED);
    }

    @Test
    void promotionGoesOnAfterItsBackfillIsGivenUp() {
        joined().andGiven(GIVEN_UP).when(new CompletePromotion(MODEL, 1, NOW)).expectEvents(SHIFTED);
    }

    @Test
    void isGivenUpOnlyWhilePending() {
        registered().when(giveUp()).expectException(code("LANE_NOT_JOINED"));
        joined().andGiven(BEGUN).when(giveUp()).expectEvents(GIVEN_UP);
        joined().andGiven(GIVEN_UP).when(giveUp()).expectNoEvents();
        joined().andGiven(COMPLETED).when(giveUp()).expectNoEvents();
    }

    @Test
    void mayCompleteAfterItsDeadline() {
        joined().andGiven(BEGUN, GIVEN_UP).when(complete()).expectEvents(COMPLETED);
    }

    @Test
    void isRequestedAgainOfALaneWithNothingPending() {
        joined().when(request()).expectNoEvents();
        joined().andGiven(BEGUN, GIVEN_UP, SHIFTED).when(request()).expectEvents(REQUESTED);
        joined().andGiven(COMPLETED, SHIFTED).when(request()).expectEvents(REQUESTED);
        joined().andGiven(COMPLETED, SHIFTED, REQUESTED).when(request()).expectNoEvents();
        joined().andGiven(COMPLETED, SHIFTED, REQUESTED).when(complete()).expectEvents(COMPLETED);
    }

    @Test
    void refusesRequestForVersionWithoutALane() {
        registered().when(request()).expectException(code("LANE_NOT_JOINED"));
        joined().andGiven(COMPLETED, SHIFTED, new LaneLeft(MODEL.version(1), CUT, NOW))
                .when(request())
                .expectException(code("LANE_NOT_JOINED"));
    }
}
