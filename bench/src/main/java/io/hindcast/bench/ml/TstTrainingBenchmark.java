package io.hindcast.bench.ml;

import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstShape;
import io.hindcast.ml.tst.TstTrainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Samples per second of a training of the small TST, in rounds of {@value #STEPS} steps: forward, backward and
 * optimizer. The yardstick is the same network in plain PyTorch, in a Python process ({@code -Dbench.python=…}, else
 * {@code python3}), with the same number of threads and its windows prepared as a tensor. Both alternate.
 */
public final class TstTrainingBenchmark {

    private static final int ROUNDS = 5;
    private static final int STEPS = 200;
    private static final int DAYS = 20;

    private TstTrainingBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        TstParameters parameters = TstParameters.SMALL.withEpochs(1, STEPS);
        Dataset dataset = Bars.windows(1, DAYS, parameters.shape().bars());
        System.out.println("warmed up at " + ours(dataset, parameters) + " samples/s");
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ours.add(ours(dataset, parameters));
            python(parameters, dataset.columns()).ifPresent(theirs::add);
        }
        System.out.printf(
                "DJL on PyTorch %s, %d thread: median %.0f samples/s %s%n",
                Torch.version(), Torch.threads(), median(ours), ours);
        if (theirs.isEmpty()) {
            System.out.println("yardstick: there is no Python with PyTorch here (-Dbench.python=…)");
        } else {
            System.out.printf(
                    "yardstick, plain PyTorch: median %.0f samples/s %s; ratio %.2f%n",
                    median(theirs), theirs, median(ours) / median(theirs));
        }
    }

    /** Returns samples per second, without the first quarter of the steps. */
    private static double ours(Dataset dataset, TstParameters parameters) {
        long[] at = new long[STEPS + 1];
        TrainingControl.Progress progress = new TrainingControl.Progress() {
            @Override
            public void roundCompleted(RoundMetrics round) {}

            @Override
            public void stepsCompleted(int round, int step, int of, Map<String, Double> metrics) {
                at[step] = System.nanoTime();
            }
        };
        new TstTrainer().train(dataset, parameters, 1, new TrainingControl(progress, () -> false, Duration.ofHours(1)));
        int[] measured = java.util.stream.IntStream.rangeClosed(STEPS / 4, STEPS)
                .filter(step -> at[step] != 0)
                .toArray();
        int first = measured[0];
        int last = measured[measured.length - 1];
        return (last - first) * parameters.schedule().batch() * 1e9 / (at[last] - at[first]);
    }

    private static Optional<Double> python(TstParameters parameters, int features)
            throws IOException, InterruptedException {
        TstShape shape = parameters.shape();
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("bench.python", "python3"),
                Path.of("src", "main", "python", "tst_training.py").toString()));
        Stream.of(
                        shape.bars(),
                        features,
                        shape.width(),
                        shape.heads(),
                        shape.inner(),
                        shape.layers(),
                        parameters.schedule().batch(),
                        STEPS,
                        Torch.threads())
                .forEach(number -> command.add(number.toString()));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? Optional.of(Double.valueOf(output.split(" ", 2)[0])) : Optional.empty();
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
