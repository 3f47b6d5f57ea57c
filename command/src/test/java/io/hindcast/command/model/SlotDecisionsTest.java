package io.hindcast.command.model;

import static io.hindcast.command.Training.DEGENERATE;
import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.model.Scenario.BECAUSE;
import static io.hindcast.command.model.Scenario.MODEL;
import static io.hindcast.command.model.Scenario.NOW;
import static io.hindcast.command.model.Scenario.begin;
import static io.hindcast.command.model.Scenario.promoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.ArchiveVersion;
import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.ModelPinned;
import io.hindcast.api.model.ModelUnpinned;
import io.hindcast.api.model.PinModel;
import io.hindcast.api.model.PromoteVersion;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.model.RollBack;
import io.hindcast.api.model.RolledBack;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.UnpinModel;
import io.hindcast.api.model.VersionArchived;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.model.VersionState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Decisions of a person. */
class SlotDecisionsTest {

    private static RollBack rollBack(int number) {
        return new RollBack(MODEL, number, BECAUSE);
    }

    private static PinModel pin(int number) {
        return new PinModel(MODEL, number, BECAUSE);
    }

    private static UnpinModel unpin(int number) {
        return new UnpinModel(MODEL, number, BECAUSE);
    }

    private static ArchiveVersion archive(int number) {
        return new ArchiveVersion(MODEL, number, BECAUSE);
    }

    private static PromoteVersion promote(int number) {
        return new PromoteVersion(MODEL, number, BECAUSE);
    }

    private static void refused(String code, ThrowingCallable decision) {
        assertThatThrownBy(decision).isInstanceOf(RefusedException.class).hasMessageContaining("(" + code + ")");
    }

    private static Slots slots(Map<Slot, Integer> live) {
        return new Slots(live);
    }

    @Test
    void rollingBackSwapsCurrentAndPreviousInOneEvent() {
        Scenario model = promoted(4);

        assertThat(model.apply(model.state().decide(rollBack(4))))
                .containsExactly(new RolledBack(
                        MODEL.version(4), slots(Map.of(Slot.BASELINE, 1, Slot.PREVIOUS, 4, Slot.CURRENT, 3)), BECAUSE));
        assertThat(model.state().decide(rollBack(4))).as("repeated").isEmpty();
    }

    @Test
    void rollingBackTheOtherVersionSwapsThemAgain() {
        Scenario model = promoted(4);
        model.apply(model.state().decide(rollBack(4)));

        model.apply(model.state().decide(rollBack(3)));

        assertThat(model.state().slots().in(Slot.CURRENT)).contains(4);
    }

    @Test
    void refusesRollbackWhereItMakesNoSense() {
        refused("NO_PREVIOUS", () -> promoted(2).state().decide(rollBack(2)));
        refused("NOT_CURRENT", () -> promoted(4).state().decide(rollBack(3)));
        Scenario promoting = promoted(3).register(EVALUATION);
        promoting.apply(promoting.state().decide(begin(4, PromotionPolicy.ALWAYS)));
        refused("PROMOTION_RUNNING", () -> promoting.state().decide(rollBack(3)));
    }

    @Test
    void pinsAndUnpinsOnce() {
        Scenario model = promoted(2);

        assertThat(model.apply(model.state().decide(pin(2))))
                .containsExactly(new ModelPinned(MODEL.version(2), BECAUSE));
        assertThat(model.state().decide(pin(2))).isEmpty();
        assertThat(model.apply(model.state().decide(unpin(2))))
                .containsExactly(new ModelUnpinned(MODEL.version(2), BECAUSE));
        assertThat(model.state().decide(unpin(2))).isEmpty();
    }

    @Test
    void pinsOnlyTheCurrentVersion() {
        refused("NOT_CURRENT", () -> promoted(3).state().decide(pin(2)));
        refused("NOT_CURRENT", () -> promoted(1).state().decide(pin(1)));
    }

    @Test
    void pinnedModelDeclinesAutomaticPromotionsAndKeepsTheirVersions() {
        Scenario model = promoted(2);
        model.apply(model.state().decide(pin(2)));
        model.register(EVALUATION);

        assertThat(model.apply(model.state().decide(begin(3, PromotionPolicy.ALWAYS))))
                .containsExactly(new PromotionDeclined(MODEL.version(3), "it came while the model was pinned", NOW));
        assertThat(model.state().version(MODEL, 3).state()).isEqualTo(VersionState.DECLINED);
        model.apply(model.state().decide(unpin(2)));
        assertThat(model.apply(model.state().decide(promote(3)))).hasOnlyElementsOfType(PromotionBegun.class);
    }

    @Test
    void pinnedModelRefusesAPersonsChangesAndNamesTheRemedy() {
        Scenario model = promoted(3).register(EVALUATION);
        model.apply(model.state().decide(pin(3)));

        assertThatThrownBy(() -> model.state().decide(promote(4)))
                .hasMessage(
                        "promotion of lightgbm:BTCUSDT:4 was requested while the model is pinned, expected an unpinned"
                                + " model: unpin it first (hindcast models unpin) (PINNED)");
        refused("PINNED", () -> model.state().decide(rollBack(3)));
        refused("PINNED", () -> model.state().decide(archive(3)));
        assertThat(model.state().decide(archive(2)))
                .as("of the previous version")
                .hasSize(1);
    }

    @Test
    void archivingCurrentMovesPreviousUp() {
        Scenario model = promoted(4);
        assertThat(model.apply(model.state().decide(archive(4))))
                .containsExactly(new VersionArchived(
                        MODEL.version(4), slots(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 3)), BECAUSE));
        assertThat(model.state().decide(archive(4))).as("repeated").isEmpty();
        assertThat(model.leave(4).state().version(MODEL, 4).state()).isEqualTo(VersionState.ARCHIVED);
    }

    @Test
    void archivingPreviousLeavesItsSlotEmpty() {
        Scenario model = promoted(4);
        model.apply(model.state().decide(archive(3)));
        assertThat(model.state().slots()).isEqualTo(slots(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 4)));
    }

    @Test
    void archivesAVersionThatWasNeverPromoted() {
        Scenario model = promoted(2).register(DEGENERATE);
        model.apply(model.state().decide(archive(3)));
        assertThat(model.state().version(MODEL, 3).state()).isEqualTo(VersionState.ARCHIVED);
        assertThat(model.state().slots()).isEqualTo(promoted(2).state().slots());
    }

    @Test
    void refusesToArchiveTheBaselineOrAVersionBeingPromoted() {
        refused("BASELINE", () -> promoted(3).state().decide(archive(1)));
        Scenario promoting = promoted(3).register(EVALUATION);
        promoting.apply(promoting.state().decide(begin(4, PromotionPolicy.ALWAYS)));
        refused("PROMOTION_RUNNING", () -> promoting.state().decide(archive(4)));
        refused("PROMOTION_RUNNING", () -> promoting.state().decide(archive(3)));
    }

    @Test
    void personPromotesDeclinedVersion() {
        Scenario model = new Scenario().register(DEGENERATE);
        model.apply(model.state().decide(begin(1, PromotionPolicy.GATED)));

        List<?> events = model.apply(model.state().decide(promote(1)));

        assertThat(events).singleElement().extracting("decision").isEqualTo(Optional.of(BECAUSE));
        assertThat(model.state().decide(promote(1))).as("repeated").isEmpty();
        assertThat(model.complete(1).state().slots().in(Slot.BASELINE)).contains(1);
        assertThat(model.state().decide(promote(1))).as("repeated after it").isEmpty();
    }

    @Test
    void personPromotesArchivedVersionWhoseLaneJoinsAnew() {
        Scenario model = promoted(4);
        refused("LANE_NOT_LEFT", () -> model.state().decide(promote(2)));
        model.leave(2);

        model.apply(model.state().decide(promote(2)));
        model.complete(2);

        assertThat(model.state().slots()).isEqualTo(slots(Map.of(Slot.BASELINE, 1, Slot.PREVIOUS, 4, Slot.CURRENT, 2)));
        assertThat(model.state().version(MODEL, 3).state()).isEqualTo(VersionState.ARCHIVED);
    }

    @Test
    void refusesToPromoteThePreviousVersion() {
        refused("IN_PREVIOUS", () -> promoted(3).state().decide(promote(2)));
    }

    @Test
    void purgedVersionCanNeitherBePromotedNorArchived() {
        Scenario model = promoted(13).leave(2).register(EVALUATION);
        assertThat(model.state().version(MODEL, 2).state()).isEqualTo(VersionState.PURGED);
        refused("PURGED", () -> model.state().decide(promote(2)));
        refused("PURGED", () -> model.state().decide(archive(2)));
    }

    @Test
    void declinedAndArchivedVersionsShareTheLimitAndTheOneUsedLastIsKept() {
        Scenario model = promoted(3);
        for (int number = 4; number <= 13; number++) {
            model.register(DEGENERATE);
        }
        assertThat(model.state().idle()).hasSize(Slots.ARCHIVE_LIMIT);

        List<?> events = model.apply(model.state().decide(archive(3)));

        assertThat(events)
                .last()
                .isEqualTo(new VersionPurged(
                        MODEL.version(4),
                        model.state().version(MODEL, 4).registered().artifact(),
                        NOW));
    }

    @Test
    void neverPurgesTheVersionThatIsBeingPromoted() {
        Scenario model = promoted(3).register(DEGENERATE);
        model.apply(model.state().decide(promote(4)));
        for (int number = 5; number <= 20; number++) {
            model.register(DEGENERATE);
        }
        assertThat(model.state().idle()).contains(4).hasSize(Slots.ARCHIVE_LIMIT);
    }

    @Test
    void decisionsNeedAReason() {
        refused("BAD_REASON", () -> new Attribution("local", " \n", NOW));
        refused("BAD_REASON", () -> new Attribution("local", "x".repeat(501), NOW));
        refused("BAD_PERSON", () -> new Attribution("", "because", NOW));
        assertThat(new Attribution("local", " a\nlone \ud800 ", NOW).reason()).isEqualTo("a lone \ufffd");
    }
}
