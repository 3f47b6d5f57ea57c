package io.hindcast.bench.ml;

import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time per bar for all features of the price set, as live scoring computes them: record the bar, compute its features.
 * The yardstick updates two exponential averages of the close on the same bars, the least work of any incremental
 * indicator.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@OperationsPerInvocation(Bars.PER_DAY)
public class FeatureBenchmark {

    private final FeatureSet set = FeatureSet.priceV1();
    private final int before = set.anchorDays();
    private final List<KnownBar> bars = Bars.days(1, before + 1);
    private PointInTimeFeatures features = new PointInTimeFeatures(set);

    @Setup(Level.Invocation)
    public void warmUp() {
        features = new PointInTimeFeatures(set);
        int last = before * Bars.PER_DAY;
        bars.subList(0, last).forEach(features::record);
        features.at(bars.get(last - 1).bar().openTime());
    }

    @Benchmark
    public double allFeatures() {
        double sum = 0;
        for (int i = before * Bars.PER_DAY; i < bars.size(); i++) {
            KnownBar bar = bars.get(i);
            features.record(bar);
            sum += features.at(bar.bar().openTime())[0];
        }
        return sum;
    }

    @Benchmark
    public double yardstickTwoAverages() {
        double fast = 0;
        double slow = 0;
        for (int i = before * Bars.PER_DAY; i < bars.size(); i++) {
            Bar bar = bars.get(i).bar();
            fast += (bar.close() - fast) * 2 / 13;
            slow += (bar.close() - slow) * 2 / 27;
        }
        return fast - slow;
    }
}
