package io.hindcast.ml.tst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.StopReason;
import io.hindcast.ml.train.TimeBudgetException;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TstTrainerTest {

    private static final LogPosition POSITION = new LogPosition("BTCUSDT:1m:2024-03-08", 3);
    private static final Dataset SHORT = dataset(4_000, 8);
    private static final TstParameters QUICK =
            TstParameters.SMALL.withShape(new TstShape(8, 0, 1, 2, 16, 32)).withEpochs(3, 40);
    private static final TrainedModel MODEL = new TstTrainer().train(SHORT, QUICK, 7, TrainingControl.NONE);

    /** Returns a dataset of a mean-reverting market, with a gap. */
    private static Dataset dataset(int bars, int window) {
        List<KnownBar> known =
                new ArrayList<>(RandomMarket.asHistory(RandomMarket.bars(RandomMarket.MIDNIGHT, bars, 33)));
        known.subList(bars / 2, bars / 2 + 7).clear();
        return new DatasetBuilder(FeatureSet.priceV1(), LabelSpec.DEFAULT, window)
                .build(
                        known,
                        Instant.ofEpochMilli(RandomMarket.MIDNIGHT),
                        Instant.ofEpochMilli(RandomMarket.MIDNIGHT + (bars - 1) * RandomMarket.MINUTE));
    }

    @Test
    void learnsAMeanRevertingMarket() {
        assertThat(MODEL.evaluation().accuracy())
                .isGreaterThan(MODEL.evaluation().baselines().getFirst().accuracy() + 0.05);
        assertThat(MODEL.validationLosses().getLast()).isLessThan(Math.log(3));
        assertThat(MODEL.history().getFirst().values())
                .containsKeys(RoundMetrics.VALIDATION_LOSS, "training loss", "gradient norm");
    }

    @Test
    void onlyTheSameSeedGivesTheSameBits() {
        byte[] bytes = MODEL.bundle(POSITION).toBytes();
        assertThat(new TstTrainer()
                        .train(SHORT, QUICK, 7, TrainingControl.NONE)
                        .bundle(POSITION)
                        .toBytes())
                .isEqualTo(bytes);
        assertThat(new TstTrainer()
                        .train(SHORT, QUICK.withEpochs(1, 5), 8, TrainingControl.NONE)
                        .bundle(POSITION)
                        .nativeModel())
                .isNotEqualTo(MODEL.bundle(POSITION).nativeModel());
    }

    @Test
    void theExportMatchesTheTrainerAlsoForMissingValues() {
        assertThat(MODEL.exportDifference()).isLessThan(1e-5);
        ModelBundle read = ModelBundle.read(MODEL.bundle(POSITION).toBytes());
        assertThat(read.rows().bars()).isEqualTo(8);
        try (Scorer scorer = ScorerEngines.open(read)) {
            read.checkGolden(scorer);
        }
    }

    @Test
    void exportsPatchedNetworks() {
        Dataset dataset = dataset(3_000, 16);
        TstParameters parameters =
                TstParameters.PATCH.withShape(new TstShape(16, 4, 1, 2, 16, 32)).withEpochs(1, 10);
        TrainedModel model = new TstTrainer().train(dataset, parameters, 1, TrainingControl.NONE);
        assertThat(model.exportDifference()).isLessThan(1e-5);
        try (Scorer scorer = ScorerEngines.open(model.bundle(POSITION))) {
            assertThat(scorer.inputs()).isEqualTo(16 * dataset.columns());
        }
    }

    @Test
    void warmStartsFromThePreviousVersion() {
        TstParameters further = QUICK.withEpochs(1, 1);
        double fresh = new TstTrainer()
                .train(SHORT, further, 7, TrainingControl.NONE)
                .validationLosses()
                .getFirst();
        double warm = new TstTrainer(Optional.of(MODEL.bundle(POSITION)))
                .train(SHORT, further, 7, TrainingControl.NONE)
                .validationLosses()
                .getFirst();
        assertThat(warm).isLessThan(fresh - 0.02);
    }

    @Test
    void canBeCancelledBetweenTwoBatches() {
        AtomicInteger asked = new AtomicInteger();
        TrainingControl cancelling =
                new TrainingControl(_ -> {}, () -> asked.incrementAndGet() > 4, Duration.ofHours(1));
        assertThatThrownBy(() -> new TstTrainer().train(SHORT, QUICK.withEpochs(9, 500), 1, cancelling))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("in round 1 after 3 steps");
    }

    @Test
    void keepsAFirstEpochCutShortByTheBudget() {
        List<RoundMetrics> rounds = new ArrayList<>();
        TrainingControl limited = new TrainingControl(rounds::add, () -> false, Duration.ofSeconds(50), secondByCall());
        TrainedModel model = new TstTrainer().train(SHORT, QUICK.withEpochs(9, 5_000), 1, limited);

        assertThat(model.stopReason()).isEqualTo(StopReason.TIME_BUDGET);
        assertThat(rounds).hasSize(1);
        assertThat(model.rounds()).isEqualTo(1);
        // 40 of the 50 s are training time: 39 batches begin before the 40th second
        assertThat(model.bundle(POSITION).nativeModel())
                .isEqualTo(new TstTrainer()
                        .train(SHORT, QUICK.withEpochs(1, 39), 1, TrainingControl.NONE)
                        .bundle(POSITION)
                        .nativeModel());
    }

    @Test
    void discardsALaterEpochCutShortByTheBudget() {
        TrainingControl limited = new TrainingControl(_ -> {}, () -> false, Duration.ofSeconds(50), secondByCall());
        TrainedModel model = new TstTrainer().train(SHORT, QUICK.withEpochs(9, 25), 1, limited);

        assertThat(model.stopReason()).isEqualTo(StopReason.TIME_BUDGET);
        assertThat(model.bundle(POSITION).nativeModel())
                .isEqualTo(new TstTrainer()
                        .train(SHORT, QUICK.withEpochs(1, 25), 1, TrainingControl.NONE)
                        .bundle(POSITION)
                        .nativeModel());
    }

    @Test
    void failsIfTheBudgetEndsBeforeTheFirstBatch() {
        TrainingControl none = new TrainingControl(_ -> {}, () -> false, Duration.ofSeconds(1), secondByCall());
        assertThatThrownBy(() -> new TstTrainer().train(SHORT, QUICK, 1, none))
                .isInstanceOf(TimeBudgetException.class)
                .hasMessage("the time budget of 1s was spent before the first step: there is nothing to keep");
    }

    @Test
    void aSufficientBudgetChangesNothing() {
        TrainingControl enough = new TrainingControl(_ -> {}, () -> false, Duration.ofHours(5), secondByCall());
        assertThat(new TstTrainer()
                        .train(SHORT, QUICK, 7, enough)
                        .bundle(POSITION)
                        .toBytes())
                .isEqualTo(MODEL.bundle(POSITION).toBytes());
    }

    /** Returns a clock that advances by a second per reading. */
    private static LongSupplier secondByCall() {
        long[] clock = {0};
        return () -> clock[0] += Duration.ofSeconds(1).toNanos();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda9", "tpu"})
    void namesAMissingDevice(String device) {
        assertThatThrownBy(() -> io.hindcast.ml.torch.Torch.manager(device))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(device)
                .hasMessageContaining("cpu");
    }

    @Test
    void rejectsWindowsOfAnotherLength() {
        assertThatThrownBy(() -> new TstTrainer().train(SHORT, TstParameters.SMALL, 1, TrainingControl.NONE))
                .hasMessageContaining("windows of 8 bars")
                .hasMessageContaining("30");
    }

    @Test
    void memoryDoesNotGrowOverALongTraining() throws IOException {
        Path statm = Path.of("/proc/self/statm");
        org.assertj.core.api.Assumptions.assumeThat(statm)
                .as("where the resident size can be read")
                .isReadable();
        Dataset dataset = dataset(1_500, 4);
        TstParameters parameters =
                TstParameters.SMALL.withShape(new TstShape(4, 0, 1, 1, 8, 8)).withEpochs(4, 500);
        Split split = parameters.evaluation().splitter().split(dataset);
        long[] resident = new long[5];
        TrainingControl looks = new TrainingControl(
                round -> resident[round.round()] = resident(statm), () -> false, Duration.ofHours(1));
        new TstTrainer().train(dataset, split, parameters, 1, looks);
        // a step that kept its arrays would keep 200 of them, and 500 steps some 50 MB with their handles
        assertThat(resident[4] - resident[2]).isLessThan(40_000_000L);
    }

    private static long resident(Path statm) {
        try {
            return Long.parseLong(Files.readString(statm).split(" ", 3)[1]) * 4096
                    - Runtime.getRuntime().totalMemory();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
