package io.hindcast.sagas.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.training.CancelTrainingCycle;
import io.hindcast.api.training.DatasetFailed;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.Repetition;
import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.api.training.TrainingSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Events and commands of cycle 3 of BTCUSDT, for tests. */
public final class CycleEvents {
    static final Symbol BTC = new Symbol("BTCUSDT");
    public static final Instant NOON = Instant.parse("2022-02-01T12:00:00Z");
    static final Duration EXPIRY = Duration.ofDays(7);
    static final ScorerSpec SCORER = new ScorerSpec("flat-trees", "1");
    static final ArtifactRef ARTIFACT = new ArtifactRef("ab".repeat(32), 1000);
    static final LogPosition CUT = new LogPosition("BTCUSDT:1m:2022-02-01", 720);
    static final Evaluation EVALUATION = new Evaluation(
            1,
            1,
            1,
            1,
            0,
            0,
            List.of(List.of(1, 0, 0), List.of(0, 0, 0), List.of(0, 0, 0)),
            0,
            0,
            0,
            0.001,
            List.of(),
            1.1,
            Optional.empty());
    static final Provenance PROVENANCE = new Provenance(
            "cd".repeat(32),
            CUT,
            NOON.minus(Duration.ofDays(30)),
            NOON,
            100,
            10,
            new FeatureSetRef("price-v1", "ef".repeat(32)),
            LabelSpec.DEFAULT,
            Provenance.sorted(Map.of()),
            7,
            Provenance.sorted(Map.of()),
            "linux");

    static final DatasetRef DATASET = new DatasetRef(ARTIFACT, CUT, 1000, 1100, 0, PROVENANCE.features());

    private CycleEvents() {}

    static DatasetRecorded sliced() {
        return new DatasetRecorded(BTC, 3, DATASET, NOON);
    }

    static DatasetFailed notSliced() {
        return new DatasetFailed(BTC, 3, new TrainingFailure("no candles", "Import history first", false), NOON);
    }

    static TrainingCycleCancelled cancelled() {
        return new TrainingCycleCancelled(BTC, 3, "anna", "wrong label", NOON);
    }

    static CancelTrainingCycle cancelByDeadline(String reason) {
        return new CancelTrainingCycle(BTC, 3, "deadline", reason, NOON);
    }

    static TrainingCycleRequested requested(ModelFamily... families) {
        return new TrainingCycleRequested(
                BTC,
                3,
                "first",
                List.of(families),
                new TrainingSpec(
                        LabelSpec.DEFAULT, NOON.minus(Duration.ofDays(30)), NOON.minus(Duration.ofMinutes(1)), 7),
                NOON,
                Optional.empty());
    }

    /** Cycle 3 as a repetition of a run of cycle 2. */
    static TrainingCycleRequested repeating(ModelFamily family) {
        TrainingCycleRequested usual = requested(family);
        return new TrainingCycleRequested(
                BTC,
                3,
                "is it the same?",
                List.of(family),
                usual.spec(),
                NOON,
                Optional.of(new Repetition(
                        new TrainingRunId(BTC, 2, family, 1),
                        new TreeMap<>(),
                        ARTIFACT,
                        new Attribution("anna", "is it the same?", NOON))));
    }

    static TrainingRunId run(ModelFamily family, int attempt) {
        return new TrainingRunId(BTC, 3, family, attempt);
    }

    public static VersionId version(ModelFamily family) {
        return new ModelId(family, BTC).version(4);
    }

    static QueueTrainingRun queue(ModelFamily family, int attempt, Instant at) {
        return new QueueTrainingRun(BTC, run(family, attempt), at);
    }

    static TrainingRunQueued queued(ModelFamily family, int attempt) {
        return new TrainingRunQueued(
                run(family, attempt), new TrainingSpec(LabelSpec.DEFAULT, NOON, NOON, 7), DATASET, NOON);
    }

    static TrainingRunSucceeded succeeded(ModelFamily family, int attempt) {
        return new TrainingRunSucceeded(run(family, attempt), ARTIFACT, SCORER, PROVENANCE, EVALUATION, NOON);
    }

    static TrainingRunFailed failed(ModelFamily family, int attempt) {
        return new TrainingRunFailed(
                run(family, attempt), new TrainingFailure("out of memory", "Give it more", true), NOON);
    }

    static TrainingRunFailed failedForGood(ModelFamily family, int attempt) {
        return new TrainingRunFailed(
                run(family, attempt), new TrainingFailure("too little data", "Import more", false), NOON);
    }

    static TrainingRunClaimed claimed(ModelFamily family, int attempt, int claim) {
        return new TrainingRunClaimed(run(family, attempt), claim, "worker-" + claim, NOON);
    }

    static TrainingRunReleased released(ModelFamily family, int attempt, int claim) {
        return new TrainingRunReleased(run(family, attempt), claim, NOON);
    }

    static FailTrainingRun fail(ModelFamily family, int attempt, TrainingFailure failure) {
        return new FailTrainingRun(BTC, run(family, attempt), failure, NOON);
    }

    static RegisterVersion register(ModelFamily family, int attempt) {
        return new RegisterVersion(
                new ModelId(family, BTC),
                run(family, attempt).toString(),
                ARTIFACT,
                SCORER,
                PROVENANCE,
                EVALUATION,
                NOON,
                EXPIRY);
    }

    static VersionRegistered registered(ModelFamily family, int attempt) {
        return new VersionRegistered(
                version(family),
                run(family, attempt).toString(),
                ARTIFACT,
                SCORER,
                PROVENANCE,
                EVALUATION,
                NOON,
                EXPIRY);
    }

    public static PromotionBegun begun(ModelFamily family) {
        return new PromotionBegun(version(family), ARTIFACT, SCORER, NOON, Optional.empty());
    }

    public static LaneJoined joined(ModelFamily family) {
        return new LaneJoined(version(family), CUT, NOON);
    }

    public static BackfillCompleted backfilled(ModelFamily family) {
        return new BackfillCompleted(version(family), new Backfill(NOON, NOON, 0, 0), NOON);
    }

    public static BackfillGivenUp backfillGivenUp(ModelFamily family) {
        return new BackfillGivenUp(version(family), "no artifact", NOON);
    }

    public static SlotsShifted shifted(ModelFamily family) {
        return new SlotsShifted(version(family), new Slots(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 4)), NOON);
    }

    static PromotionDeclined declined(ModelFamily family) {
        return new PromotionDeclined(version(family), "it is degenerate", NOON);
    }

    public static PromotionAbandoned abandoned(ModelFamily family) {
        return new PromotionAbandoned(version(family), "corrupt", NOON);
    }

    static TrainingCycleEnded ended() {
        return new TrainingCycleEnded(BTC, 3, 1, 0, NOON);
    }
}
