package io.hindcast.ml.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.Trained;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.lightgbm.LightGbmEngine;
import io.hindcast.ml.lightgbm.TreeEnsemble;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.train.ExportCheck;
import io.hindcast.ml.train.ExportMismatchException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ScorersTest {

    /** Both sum doubles in the same order; the exponential may differ in its last digit. */
    private static final double NATIVE_TOLERANCE = 1e-14;

    /** ONNX Runtime sums doubles but returns floats. */
    private static final double ONNX_TOLERANCE = 2e-7;

    private static final ModelBundle BUNDLE = Trained.MODEL.bundle(Trained.POSITION);
    private static final byte[] TEXT = BUNDLE.nativeModel();
    private static final byte[] ONNX = BUNDLE.onnx();

    @Test
    void enginesAgreeOnMissingValuesAndAtTheThresholdsOfSplits() {
        double[] rows = hardRows();
        double[] expected = score(LightGbmEngine.NATIVE, rows);
        assertAgree(score(LightGbmEngine.FLAT_TREES, rows), expected, NATIVE_TOLERANCE);
        assertAgree(score(OnnxEngine.ONNX_RUNTIME, rows), expected, ONNX_TOLERANCE);
    }

    @ParameterizedTest
    @FieldSource("io.hindcast.ml.serve.ScorerEngines#ALL")
    void aRowScoresTheSameAloneAndInABatch(ScorerEngine engine) {
        double[] rows = Trained.DATASET.matrix(new RowRange(0, 300));
        try (Scorer scorer = engine.open(TEXT, ONNX)) {
            double[] together = new double[300 * 3];
            scorer.score(rows, 300, together);
            double[] alone = new double[3];
            for (int row = 0; row < 300; row++) {
                int columns = scorer.inputs();
                scorer.score(Arrays.copyOfRange(rows, row * columns, (row + 1) * columns), 1, alone);
                assertThat(alone).isEqualTo(Arrays.copyOfRange(together, row * 3, row * 3 + 3));
                assertThat(alone[0] + alone[1] + alone[2]).isBetween(1 - 1e-6, 1 + 1e-6);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("io.hindcast.ml.serve.ScorerEngines#ALL")
    void scoresOnSeveralThreadsAtOnce(ScorerEngine engine) {
        double[] rows = Trained.DATASET.matrix(new RowRange(0, 200));
        double[] expected = score(engine, rows);
        try (Scorer scorer = engine.open(TEXT, ONNX);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<double[]>> answers = IntStream.range(0, 40)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> {
                                double[] out = new double[200 * 3];
                                scorer.score(rows, 200, out);
                                return out;
                            },
                            threads))
                    .toList();
            for (CompletableFuture<double[]> answer : answers) {
                assertThat(answer.join()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("io.hindcast.ml.serve.ScorerEngines#ALL")
    void rejectsShortArraysAndUseAfterClose(ScorerEngine engine) {
        Scorer scorer = engine.open(TEXT, ONNX);
        assertThatThrownBy(() -> scorer.score(new double[10], 1, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 rows of " + Trained.DATASET.columns());
        scorer.score(new double[0], 0, new double[0]);
        scorer.close();
        scorer.close();
        assertThatThrownBy(() -> scorer.score(new double[100], 1, new double[3]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @ParameterizedTest
    @FieldSource("io.hindcast.ml.serve.ScorerEngines#ALL")
    void rejectsBytesThatAreNoModel(ScorerEngine engine) {
        byte[] rubbish = "rubbish".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> engine.open(rubbish, rubbish)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsEnginesByTheirRecordedName() {
        for (ScorerEngine engine : ScorerEngines.ALL) {
            assertThat(ScorerEngines.of(engine.spec())).isEqualTo(engine);
            assertThat(engine.spec().libraryVersion()).isNotEmpty().isNotEqualTo("unknown");
        }
        assertThatThrownBy(() -> ScorerEngines.of(new ScorerSpec("abacus", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("abacus")
                .hasMessageContaining("flat-trees");
    }

    @Test
    void rejectsAnExportThatDiffers() {
        double[] rows = Trained.DATASET.matrix(new RowRange(0, 50));
        double[] expected = score(LightGbmEngine.NATIVE, rows);
        try (Scorer scorer = OnnxEngine.ONNX_RUNTIME.open(TEXT, ONNX)) {
            assertThat(ExportCheck.check(scorer, rows, 50, expected, 1e-6)).isLessThan(ONNX_TOLERANCE);
            expected[100] += 2e-6;
            assertThatThrownBy(() -> ExportCheck.check(scorer, rows, 50, expected, 1e-6))
                    .isInstanceOf(ExportMismatchException.class)
                    .hasMessageContaining("class 1 of row 33");
            expected[100] = Double.NaN;
            assertThatThrownBy(() -> ExportCheck.check(scorer, rows, 50, expected, 1e-6))
                    .isInstanceOf(ExportMismatchException.class);
        }
    }

    @Test
    void freesNativeMemory() throws IOException {
        Path statm = Path.of("/proc/self/statm");
        assumeThat(statm).as("where the resident size can be read").isReadable();
        double[] row = Trained.DATASET.matrix(new RowRange(0, 1));
        openAndClose(2500, row);
        long leastGrowth = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = nativeBytes(statm);
            openAndClose(1500, row);
            leastGrowth = Math.min(leastGrowth, nativeBytes(statm) - before);
        }
        // Kept open, these scorers take 125 MB or more per round; closed, some 10 in most rounds, because other parts
        // of the
        // process grow, too.
        assertThat(leastGrowth).isLessThan(60_000_000L);
    }

    private static void openAndClose(int times, double[] row) {
        for (int i = 0; i < times; i++) {
            try (Scorer scorer = LightGbmEngine.NATIVE.open(TEXT, ONNX)) {
                scorer.score(row, 1, new double[3]);
            }
        }
    }

    /** Returns the resident size outside the Java heap. */
    private static long nativeBytes(Path statm) throws IOException {
        long resident = 4096 * Long.parseLong(Files.readString(statm).split(" ", -1)[1]);
        return resident
                - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }

    /**
     * Returns dataset rows, rows with random features missing, and rows at, just below and just above the threshold of
     * a split.
     */
    private static double[] hardRows() {
        int columns = Trained.DATASET.columns();
        RandomGenerator random = RandomMarket.random(9);
        TreeEnsemble ensemble = TreeEnsemble.parse(new String(TEXT, StandardCharsets.UTF_8));
        int plain = Trained.DATASET.rows();
        int missing = 1000;
        int edges =
                3 * ensemble.trees().stream().mapToInt(TreeEnsemble.Tree::nodes).sum();
        double[] rows =
                Arrays.copyOf(Trained.DATASET.matrix(new RowRange(0, plain)), (plain + missing + edges) * columns);
        for (int i = 0; i < missing; i++) {
            int at = (plain + i) * columns;
            System.arraycopy(rows, random.nextInt(plain) * columns, rows, at, columns);
            double share = random.nextDouble();
            for (int c = 0; c < columns; c++) {
                if (random.nextDouble() < share) {
                    rows[at + c] = Double.NaN;
                }
            }
        }
        int at = (plain + missing) * columns;
        for (TreeEnsemble.Tree tree : ensemble.trees()) {
            for (int node = 0; node < tree.nodes(); node++) {
                double edge = tree.threshold(node);
                for (double value : new double[] {edge, Math.nextDown(edge), Math.nextUp(edge)}) {
                    System.arraycopy(rows, random.nextInt(plain) * columns, rows, at, columns);
                    rows[at + tree.feature(node)] = value;
                    at += columns;
                }
            }
        }
        assertThat(at).isEqualTo(rows.length);
        return rows;
    }

    private static double[] score(ScorerEngine engine, double[] rows) {
        try (Scorer scorer = engine.open(TEXT, ONNX)) {
            int n = rows.length / scorer.inputs();
            double[] out = new double[n * 3];
            scorer.score(rows, n, out);
            return out;
        }
    }

    private static void assertAgree(double[] actual, double[] expected, double tolerance) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
            assertThat(actual[i]).isFinite();
        }
        assertThat(worst).isLessThanOrEqualTo(tolerance);
    }
}
