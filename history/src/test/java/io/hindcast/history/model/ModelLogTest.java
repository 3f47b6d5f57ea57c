package io.hindcast.history.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionArchived;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.model.VersionState;
import io.hindcast.history.model.ModelHistory.BackfillState;
import io.hindcast.history.model.ModelHistory.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class ModelLogTest {

    private static final ModelId MODEL = ModelId.parse("lightgbm:BTCUSDT");
    private static final Instant NOW = Instant.parse("2022-02-01T00:00:00Z");
    private static final ScorerSpec TREES = new ScorerSpec("flat-trees", "1");

    private final EventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final ModelLog log = new ModelLog(store);
    private Slots slots = Slots.EMPTY;
    private long next;

    private static LogPosition cut(int sequence) {
        return new LogPosition("BTCUSDT:1m:2022-02-01", sequence);
    }

    private void append(ModelEvent event) {
        store.publish(new GenericDomainEventMessage<>("Model", MODEL.toString(), next++, event));
    }

    private void register(int number) {
        append(new VersionRegistered(
                MODEL.version(number),
                "run " + number,
                artifact(number),
                TREES,
                new Provenance(
                        "d",
                        cut(0),
                        NOW,
                        NOW,
                        1,
                        1,
                        new FeatureSetRef("price-v1", "f"),
                        LabelSpec.DEFAULT,
                        new TreeMap<>(),
                        1,
                        new TreeMap<>(),
                        "linux"),
                new Evaluation(0, 0, 0, 0, 0, 0, List.of(), 0, 0, 0, 0, List.of(), 1.1, Optional.empty()),
                NOW,
                Duration.ofDays(7)));
    }

    private static ArtifactRef artifact(int number) {
        return new ArtifactRef(String.format("%064x", number), number);
    }

    private void begin(int number) {
        append(new PromotionBegun(MODEL.version(number), artifact(number), TREES, NOW, Optional.empty()));
    }

    private void join(int number, int sequence) {
        append(new LaneJoined(MODEL.version(number), cut(sequence), NOW));
    }

    private void complete(int number) {
        slots = slots.promote(number);
        append(new SlotsShifted(MODEL.version(number), slots, NOW));
    }

    private void promote(int number) {
        register(number);
        begin(number);
        join(number, number);
        complete(number);
    }

    private static List<Integer> numbers(List<Version> versions) {
        return versions.stream().map(version -> version.id().number()).toList();
    }

    @Test
    void readsUnknownModelAsEmpty() {
        ModelHistory model = log.read(MODEL);
        assertThat(model.versions()).isEmpty();
        assertThat(model.lanes()).isEmpty();
        assertThat(model.lastSequence()).isEqualTo(-1);
    }

    @Test
    void readsPredictingVersionsWithCutAndArtifact() {
        promote(1);
        promote(2);

        ModelHistory model = log.read(MODEL);

        assertThat(numbers(model.lanes())).containsExactly(1, 2);
        Version second = model.version(2).orElseThrow();
        assertThat(second.state()).isEqualTo(VersionState.LIVE);
        assertThat(second.joined()).contains(cut(2));
        assertThat(second.artifact()).isEqualTo(artifact(2));
        assertThat(second.scorer()).isEqualTo(TREES);
        assertThat(model.slots().slotOf(2)).contains(Slot.CURRENT);
        assertThat(model.promoting()).isEmpty();
        assertThat(model.lastSequence()).isEqualTo(7);
    }

    @Test
    void readsPromotionUnderWayAndWhetherItsLaneHasJoined() {
        promote(1);
        register(2);
        begin(2);
        assertThat(log.read(MODEL).promoting()).contains(MODEL.version(2));
        assertThat(numbers(log.read(MODEL).lanes())).containsExactly(1);

        join(2, 9);
        assertThat(numbers(log.read(MODEL).lanes())).containsExactly(1, 2);
        assertThat(log.read(MODEL).leaving()).isEmpty();
        assertThat(log.read(MODEL).version(2).orElseThrow().state()).isEqualTo(VersionState.PROMOTING);
    }

    @Test
    void readsLanesThatMustLeaveUntilTheyHaveLeft() {
        for (int number = 1; number <= 4; number++) {
            promote(number);
        }
        assertThat(numbers(log.read(MODEL).lanes())).containsExactly(1, 2, 3, 4);
        assertThat(numbers(log.read(MODEL).leaving())).containsExactly(2);
        assertThat(log.read(MODEL).version(2).orElseThrow().state()).isEqualTo(VersionState.ARCHIVED);

        append(new LaneLeft(MODEL.version(2), cut(30), NOW));

        assertThat(numbers(log.read(MODEL).lanes())).containsExactly(1, 3, 4);
        assertThat(log.read(MODEL).leaving()).isEmpty();
        assertThat(log.read(MODEL).version(2).orElseThrow().left()).contains(cut(30));
    }

    @Test
    void readsPurgedVersions() {
        for (int number = 1; number <= 4; number++) {
            promote(number);
        }
        append(new VersionPurged(MODEL.version(2), artifact(2), NOW));
        assertThat(log.read(MODEL).version(2).orElseThrow().state()).isEqualTo(VersionState.PURGED);
    }

    @Test
    void readsLaneThatJoinsAgainAfterItHasLeft() {
        for (int number = 1; number <= 4; number++) {
            promote(number);
        }
        append(new LaneLeft(MODEL.version(2), cut(30), NOW));
        begin(2);
        assertThat(numbers(log.read(MODEL).lanes())).containsExactly(1, 3, 4);

        join(2, 40);
        complete(2);

        ModelHistory model = log.read(MODEL);
        assertThat(numbers(model.lanes())).containsExactly(1, 2, 3, 4);
        assertThat(numbers(model.leaving())).containsExactly(3);
        assertThat(model.version(2).orElseThrow().joined()).contains(cut(40));
        assertThat(model.version(2).orElseThrow().left()).isEmpty();
    }

    @Test
    void archivedVersionsLaneMustLeave() {
        for (int number = 1; number <= 3; number++) {
            promote(number);
        }
        append(new VersionArchived(
                MODEL.version(3), slots.without(3), new Attribution("local", "predicts too rarely", NOW)));

        ModelHistory model = log.read(MODEL);
        assertThat(numbers(model.leaving())).containsExactly(3);
        assertThat(model.slots().in(Slot.CURRENT)).contains(2);
        assertThat(model.version(3).orElseThrow().state()).isEqualTo(VersionState.ARCHIVED);
    }

    @Test
    void readsReasonOfAbandonedPromotionUntilItIsTriedAgain() {
        register(1);
        begin(1);
        join(1, 3);
        append(new PromotionAbandoned(MODEL.version(1), "deadline", NOW));
        ModelHistory model = log.read(MODEL);
        assertThat(model.version(1).orElseThrow().state()).isEqualTo(VersionState.ABANDONED);
        assertThat(model.version(1).orElseThrow().abandonReason()).contains("deadline");
        assertThat(model.promoting()).isEmpty();
        assertThat(numbers(model.leaving())).containsExactly(1);

        append(new LaneLeft(MODEL.version(1), cut(5), NOW));
        begin(1);
        join(1, 7);
        Version again = log.read(MODEL).version(1).orElseThrow();
        assertThat(again.abandonReason()).isEmpty();
        assertThat(again.joined()).contains(cut(7));
        assertThat(again.predicts()).isTrue();
    }

    @Test
    void readsPendingBackfillUntilItIsCompletedOrGivenUp() {
        promote(1);
        VersionId id = MODEL.version(1);
        assertThat(log.read(MODEL).version(1).orElseThrow().backfill()).isEqualTo(BackfillState.PENDING);

        append(new BackfillGivenUp(id, "deadline", NOW));
        assertThat(log.read(MODEL).version(1).orElseThrow().backfill()).isEqualTo(BackfillState.GIVEN_UP);

        append(new BackfillRequested(id, "again", NOW));
        append(new BackfillBegun(id, NOW, NOW, 1, NOW));
        assertThat(log.read(MODEL).version(1).orElseThrow().backfill()).isEqualTo(BackfillState.PENDING);
        assertThat(log.read(MODEL).version(1).orElseThrow().backfillTo()).contains(NOW);

        append(new BackfillCompleted(id, new Backfill(NOW, NOW, 1, 5), NOW));
        assertThat(log.read(MODEL).version(1).orElseThrow().backfill()).isEqualTo(BackfillState.COMPLETE);
        assertThat(log.read(MODEL).version(1).orElseThrow().lane().firstJoined())
                .contains(log.read(MODEL).version(1).orElseThrow().joined().orElseThrow());
    }
}
