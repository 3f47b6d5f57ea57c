package io.hindcast.bench.ml;

import ai.djl.ndarray.NDManager;
import io.hindcast.ml.bert.BertExport;
import io.hindcast.ml.bert.BertNetwork;
import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.score.OnnxEngine;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.EncoderShape;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
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
 * Time to score one text of {@value #TOKENS} tokens by a network of BERT-base's size, which is FinBERT's, with random
 * weights. The yardstick is {@code FLOAT}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class BertBenchmark {

    private static final int TOKENS = 128;
    private static final BertShape BASE = new BertShape(
            30_522, 512, 2, 0, new EncoderShape(12, 12, 768, 3_072, EncoderShape.Activation.GELU, 1e-12f));

    /** Number format of weights and sums. */
    public enum Numbers {
        FLOAT,
        INT8
    }

    @Param
    public Numbers numbers = Numbers.FLOAT;

    @Param({"1", "2"})
    public int threads = 1;

    private final double[] row = new double[TOKENS];
    private final double[] out = new double[Scorer.CLASSES];
    private @Nullable Scorer opened;

    @Setup(Level.Trial)
    public void open() {
        SplittableRandom random = new SplittableRandom(1);
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = new Weights(manager);
            BertNetwork.initialise(BASE, weights, random);
            byte[] onnx = numbers == Numbers.FLOAT
                    ? BertExport.toOnnx(BASE, weights, TOKENS, Map.of())
                    : BertExport.toInt8Onnx(BASE, weights, TOKENS, Map.of());
            opened = OnnxEngine.ONNX_RUNTIME.open(new byte[0], onnx, threads);
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = random.nextInt(1_000, BASE.vocabulary());
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        scorer().close();
    }

    @Benchmark
    public double oneText() {
        scorer().score(row, 1, out);
        return out[0];
    }

    private Scorer scorer() {
        return Objects.requireNonNull(opened, "opened by open()");
    }
}
