package io.hindcast.command.model;

import static io.hindcast.command.RefusedWith.code;
import static io.hindcast.command.Training.DEGENERATE;
import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.Training.PROVENANCE;
import static io.hindcast.command.Training.TREES;
import static io.hindcast.command.Training.artifact;

import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.model.VersionRegistered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class ModelTest {

    private static final ModelId MODEL = ModelId.parse("lightgbm:BTCUSDT");
    private static final Instant NOW = Instant.parse("2022-02-01T00:00:00Z");
    private static final LogPosition CUT = new LogPosition("BTCUSDT:1m:2022-02-01", 17);
    private static final LogPosition LATER = new LogPosition("BTCUSDT:1m:2022-02-01", 30);

    private static final Backfill BACKFILL = new Backfill(NOW.minusSeconds(86_400), NOW, 1, 1_440);

    private final FixtureConfiguration<Model> model = new AggregateTestFixture<>(Model.class);

    private static RegisterVersion register(int number, String run) {
        return new RegisterVersion(
                MODEL, run, artifact(number), TREES, PROVENANCE, EVALUATION, NOW, Duration.ofDays(7));
    }

    private static VersionRegistered registered(int number) {
        return new VersionRegistered(
                MODEL.version(number),
                "run " + number,
                artifact(number),
                TREES,
                PROVENANCE,
                EVALUATION,
                NOW,
                Duration.ofDays(7));
    }

    private static PromotionBegun begun(int number) {
        return new PromotionBegun(MODEL.version(number), artifact(number), TREES, NOW, Optional.empty());
    }

    private static BeginPromotion begin(int number) {
        return new BeginPromotion(MODEL, number, PromotionPolicy.ALWAYS, NOW);
    }

    private static LaneJoined joined(int number) {
        return new LaneJoined(MODEL.version(number), CUT, NOW);
    }

    private static BackfillCompleted backfilled(int number) {
        return new BackfillCompleted(MODEL.version(number), BACKFILL, NOW);
    }

    /** Versions 1 to {@code promoted} went live one after the other; one more is registered. */
    private static List<Object> promoted(int promoted) {
        List<Object> events = new ArrayList<>();
        Slots slots = Slots.EMPTY;
        for (int number = 1; number <= promoted; number++) {
            slots = slots.promote(number);
            events.add(registered(number));
            events.add(begun(number));
            events.add(joined(number));
            events.add(backfilled(number));
            events.add(new SlotsShifted(MODEL.version(number), slots, NOW));
        }
        events.add(registered(promoted + 1));
        return events;
    }

    /** A first version that predicts HOLD for three rows of three outcomes. */
    private static VersionRegistered degenerate() {
        return new VersionRegistered(
                MODEL.version(1), "run 1", artifact(1), TREES, PROVENANCE, DEGENERATE, NOW, Duration.ofDays(7));
    }

    @Test
    void declinesDegenerateVersionEvenAsTheFirst() {
        BeginPromotion gated = new BeginPromotion(MODEL, 1, PromotionPolicy.GATED, NOW);
        PromotionDeclined declined = new PromotionDeclined(
                MODEL.version(1),
                "it is degenerate: it predicts HOLD for nearly all held-out rows, though the outcomes differ",
                NOW);
        model.given(degenerate()).when(gated).expectEvents(declined);
        model.given(degenerate(), declined).when(gated).expectNoEvents();
    }

    @Test
    void promotesVersionAfterDegenerateOne() {
        model.given(degenerate(), registered(2)).when(begin(2)).expectEvents(begun(2));
    }

    @Test
    void numbersVersionsFromOne() {
        model.givenNoPriorActivity()
                .when(register(1, "run 1"))
                .expectEvents(registered(1))
                .expectResultMessagePayload(MODEL.version(1));
        model.given(registered(1))
                .when(register(2, "run 2"))
                .expectEvents(registered(2))
                .expectResultMessagePayload(MODEL.version(2));
    }

    @Test
    void registersOneVersionPerTrainingRun() {
        model.given(registered(1), registered(2))
                .when(register(9, "run 1"))
                .expectNoEvents()
                .expectResultMessagePayload(MODEL.version(1));
    }

    @Test
    void refusesRunWithoutIdentity() {
        model.givenNoPriorActivity().when(register(1, " ")).expectException(code("BAD_RUN"));
    }

    @Test
    void beginsPromotionOfRegisteredVersionOnce() {
        model.given(registered(1)).when(begin(1)).expectEvents(begun(1));
        model.given(registered(1), begun(1)).when(begin(1)).expectNoEvents();
    }

    @Test
    void promotesOneVersionAtATime() {
        model.given(registered(1), registered(2), begun(1))
                .when(begin(2))
                .expectEvents(new PromotionDeclined(
                        MODEL.version(2), "it came while the promotion of version 1 was under way", NOW));
    }

    @Test
    void refusesVersionsThatAreNotRegistered() {
        model.givenNoPriorActivity().when(begin(1)).expectException(code("NO_SUCH_VERSION"));
        model.given(registered(1)).when(begin(2)).expectException(code("NO_SUCH_VERSION"));
        model.given(registered(1)).when(begin(0)).expectException(code("NO_SUCH_VERSION"));
    }

    @Test
    void beginPromotionOfLiveVersionChangesNothing() {
        model.given(promoted(1)).when(begin(1)).expectNoEvents();
    }

    @Test
    void refusesToPromoteVersionThatWasLiveBefore() {
        model.given(promoted(4)).when(begin(2)).expectException(code("NOT_PROMOTABLE"));
    }

    @Test
    void joinsLaneOnceAtRecordedCut() {
        model.given(registered(1), begun(1))
                .when(new JoinLane(MODEL, 1, CUT, NOW))
                .expectEvents(joined(1));
        model.given(registered(1), begun(1), joined(1))
                .when(new JoinLane(MODEL, 1, LATER, NOW))
                .expectNoEvents();
        model.given(promoted(1)).when(new JoinLane(MODEL, 1, LATER, NOW)).expectNoEvents();
    }

    @Test
    void laneJoinsOnlyDuringItsPromotion() {
        model.given(registered(1)).when(new JoinLane(MODEL, 1, CUT, NOW)).expectException(code("NOT_PROMOTING"));
        model.given(registered(1), registered(2), begun(1))
                .when(new JoinLane(MODEL, 2, CUT, NOW))
                .expectException(code("NOT_PROMOTING"));
    }

    @Test
    void refusesCutThatIsNotAnEventOfTheSymbolsDays() {
        for (LogPosition bad : List.of(
                new LogPosition("ETHUSDT:1m:2022-02-01", 1),
                new LogPosition("market:BTCUSDT", 1),
                new LogPosition("BTCUSDT:1m:2022-02-01", -1))) {
            model.given(registered(1), begun(1))
                    .when(new JoinLane(MODEL, 1, bad, NOW))
                    .expectException(code("BAD_CUT"));
        }
    }

    @Test
    void shiftsAllSlotsInOneEventOnceTheLaneHasJoined() {
        model.given(registered(1), begun(1), joined(1), backfilled(1))
                .when(new CompletePromotion(MODEL, 1, NOW))
                .expectEvents(new SlotsShifted(MODEL.version(1), new Slots(Map.of(Slot.BASELINE, 1)), NOW));
        List<Object> third = promoted(3);
        third.addAll(List.of(begun(4), joined(4), backfilled(4)));
        model.given(third)
                .when(new CompletePromotion(MODEL, 4, NOW))
                .expectEvents(new SlotsShifted(
                        MODEL.version(4), new Slots(Map.of(Slot.BASELINE, 1, Slot.PREVIOUS, 3, Slot.CURRENT, 4)), NOW));
    }

    @Test
    void doesNotShiftSlotsBeforeTheBackfillHasEnded() {
        model.given(registered(1), begun(1), joined(1))
                .when(new CompletePromotion(MODEL, 1, NOW))
                .expectException(code("BACKFILL_PENDING"));
    }

    @Test
    void purgesTheOldestVersionBeyondTheLimitWhenAnotherIsRegistered() {
        List<Object> many = promoted(12); // 12 and 11 and 1 live, 13 registered, 2 to 10 archived
        model.given(many)
                .when(register(14, "run 14"))
                .expectEvents(registered(14), new VersionPurged(MODEL.version(2), artifact(2), NOW));
    }

    @Test
    void doesNotShiftSlotsBeforeTheLaneHasJoined() {
        model.given(registered(1), begun(1))
                .when(new CompletePromotion(MODEL, 1, NOW))
                .expectException(code("LANE_NOT_JOINED"));
        model.given(registered(1)).when(new CompletePromotion(MODEL, 1, NOW)).expectException(code("NOT_PROMOTING"));
    }

    @Test
    void completesPromotionOnce() {
        model.given(promoted(4)).when(new CompletePromotion(MODEL, 4, NOW)).expectNoEvents();
        model.given(promoted(4)).when(new CompletePromotion(MODEL, 2, NOW)).expectNoEvents();
    }

    @Test
    void abandonsPromotionOnce() {
        PromotionAbandoned abandoned = new PromotionAbandoned(MODEL.version(1), "corrupt", NOW);
        model.given(registered(1), begun(1))
                .when(new AbandonPromotion(MODEL, 1, "corrupt", NOW))
                .expectEvents(abandoned);
        model.given(registered(1), begun(1), abandoned)
                .when(new AbandonPromotion(MODEL, 1, "late", NOW))
                .expectNoEvents();
    }

    @Test
    void refusesToAbandonPromotionThatIsNotUnderWay() {
        model.given(registered(1))
                .when(new AbandonPromotion(MODEL, 1, "why", NOW))
                .expectException(code("NOT_PROMOTING"));
        model.given(promoted(1))
                .when(new AbandonPromotion(MODEL, 1, "late deadline", NOW))
                .expectException(code("NOT_PROMOTING"));
    }

    @Test
    void promotesAnotherOrTheSameVersionAfterAbandonedPromotion() {
        PromotionAbandoned abandoned = new PromotionAbandoned(MODEL.version(1), "store away", NOW);
        model.given(registered(1), registered(2), begun(1), abandoned)
                .when(begin(2))
                .expectEvents(begun(2));
        model.given(registered(1), begun(1), abandoned).when(begin(1)).expectEvents(begun(1));
    }

    @Test
    void abandonedLaneMustLeaveBeforeItsVersionIsPromotedAgain() {
        PromotionAbandoned abandoned = new PromotionAbandoned(MODEL.version(1), "deadline", NOW);
        LaneLeft left = new LaneLeft(MODEL.version(1), LATER, NOW);
        model.given(registered(1), begun(1), joined(1), abandoned)
                .when(begin(1))
                .expectException(code("LANE_NOT_LEFT"));
        model.given(registered(1), begun(1), joined(1), abandoned)
                .when(new LeaveLane(MODEL, 1, LATER, NOW))
                .expectEvents(left);
        model.given(registered(1), begun(1), joined(1), abandoned, left, begun(1))
                .when(new JoinLane(MODEL, 1, CUT, NOW))
                .expectEvents(joined(1));
    }

    @Test
    void laneLeavesOnceWhenNoSlotHoldsIt() {
        LaneLeft left = new LaneLeft(MODEL.version(2), LATER, NOW);
        model.given(promoted(4)).when(new LeaveLane(MODEL, 2, LATER, NOW)).expectEvents(left);
        List<Object> gone = promoted(4);
        gone.add(left);
        model.given(gone).when(new LeaveLane(MODEL, 2, CUT, NOW)).expectNoEvents();
    }

    @Test
    void refusesToLeaveLaneHeldBySlotOrPromotion() {
        for (int live : new int[] {1, 3, 4}) {
            model.given(promoted(4))
                    .when(new LeaveLane(MODEL, live, LATER, NOW))
                    .expectException(code("LANE_LIVE"));
        }
        model.given(registered(1), begun(1), joined(1))
                .when(new LeaveLane(MODEL, 1, LATER, NOW))
                .expectException(code("LANE_LIVE"));
    }

    @Test
    void refusesToLeaveLaneThatNeverJoined() {
        model.given(registered(1)).when(new LeaveLane(MODEL, 1, LATER, NOW)).expectException(code("LANE_NOT_JOINED"));
    }
}
