package io.hindcast.bench.ml;

import ai.djl.ndarray.NDManager;
import io.hindcast.api.model.LogPosition;
import io.hindcast.ml.bert.BertExport;
import io.hindcast.ml.bert.BertNetwork;
import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.score.OnnxEngine;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstTrainer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to score one row and {@value #BATCH} rows of each family by the engine that serves it, on one thread. The
 * yardstick is {@code LIGHTGBM}. TRL (text reinforcement learning) reads texts of {@value #TEXT} tokens.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FamilyScoringBenchmark {

    private static final int DAYS = 10;
    private static final int BATCH = 64;
    private static final int TEXT = 60;

    /** Model to be scored. */
    public enum Served {
        LIGHTGBM,
        TST_SMALL,
        TST_PATCH,
        TRL_SMALL
    }

    @Param
    public Served served = Served.LIGHTGBM;

    private double[] batch = new double[0];
    private double[] row = new double[0];
    private final double[] out = new double[BATCH * Scorer.CLASSES];
    private @Nullable Scorer opened;
    private int next;

    @Setup(Level.Trial)
    public void open() {
        switch (served) {
            case LIGHTGBM -> {
                Dataset dataset = Bars.dataset(1, DAYS);
                LightGbmParameters parameters = LightGbmParameters.DEFAULT;
                opened = scorer(new LightGbmTrainer().train(dataset, parameters, 1, TrainingControl.NONE));
                rows(dataset);
            }
            case TST_SMALL -> tst(TstParameters.SMALL);
            case TST_PATCH -> tst(TstParameters.PATCH);
            case TRL_SMALL -> trl();
        }
    }

    private void tst(TstParameters preset) {
        Dataset dataset = Bars.windows(1, DAYS, preset.shape().bars());
        opened = scorer(new TstTrainer().train(dataset, preset.withEpochs(1, 10), 1, TrainingControl.NONE));
        rows(dataset);
    }

    private static Scorer scorer(TrainedModel model) {
        return ScorerEngines.open(model.bundle(new LogPosition("BTCUSDT:1m:2024-01-10", 0)));
    }

    private void rows(Dataset dataset) {
        batch = dataset.matrix(new RowRange(dataset.rows() - BATCH, dataset.rows()));
        row = new double[dataset.inputs()];
    }

    private void trl() {
        BertShape shape = BertShape.small(4_000, 128, 2, 2, 64);
        SplittableRandom random = new SplittableRandom(1);
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = new Weights(manager);
            BertNetwork.initialise(shape, weights, random);
            opened = OnnxEngine.ONNX_RUNTIME.open(
                    new byte[0], BertExport.toOnnx(shape, weights, shape.positions(), Map.of()));
        }
        row = new double[shape.positions()];
        batch = new double[BATCH * row.length];
        Arrays.fill(batch, shape.padding());
        for (int i = 0; i < batch.length; i++) {
            if (i % row.length < TEXT) {
                batch[i] = random.nextInt(5, shape.vocabulary());
            }
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        scorer().close();
    }

    @Benchmark
    public double oneRow() {
        next = (next + 1) % BATCH;
        System.arraycopy(batch, next * row.length, row, 0, row.length);
        scorer().score(row, 1, out);
        return out[0];
    }

    @Benchmark
    public double aBatch() {
        scorer().score(batch, BATCH, out);
        return out[0];
    }

    private Scorer scorer() {
        return Objects.requireNonNull(opened, "opened by open()");
    }
}
