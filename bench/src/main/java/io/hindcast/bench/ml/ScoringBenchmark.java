package io.hindcast.bench.ml;

import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.lightgbm.LightGbmEngine;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.util.Objects;
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
 * Time to score one row and a day of rows by each engine, with the model that the platform trains by default on 30
 * days. The yardstick is {@code lightgbm-native}, the library's own call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScoringBenchmark {

    private static final int DAYS = 30;
    private static final int BATCH = 1_440;

    @Param({"flat-trees", "onnxruntime", "lightgbm-native"})
    public String engine = LightGbmEngine.FLAT_TREES.code();

    private double[] batch = new double[0];
    private double[] row = new double[0];
    private final double[] out = new double[BATCH * Scorer.CLASSES];
    private @Nullable Scorer opened;
    private int next;

    @Setup(Level.Trial)
    public void train() {
        Dataset dataset = Bars.dataset(1, DAYS);
        TrainedModel model = new LightGbmTrainer().train(dataset, LightGbmParameters.DEFAULT, 1, TrainingControl.NONE);
        ModelBundle bundle = model.bundle(new LogPosition("BTCUSDT:1m:2024-01-30", 0));
        batch = dataset.matrix(new RowRange(dataset.rows() - BATCH, dataset.rows()));
        row = new double[dataset.columns()];
        opened = ScorerEngines.open(bundle.withScorer(new ScorerSpec(engine, "")));
        System.out.printf("%n%d rounds of three trees each%n", model.rounds());
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
    public double aDayOfRows() {
        scorer().score(batch, BATCH, out);
        return out[0];
    }

    private Scorer scorer() {
        return Objects.requireNonNull(opened, "opened by train()");
    }
}
