package io.hindcast.ml.memory;

import io.hindcast.ml.bert.BertConfig;
import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.torch.EncoderShape;
import io.hindcast.ml.trl.BaseEncoder;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.tst.TstParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Estimate of a training's peak memory, from the size of its dataset and its parameters. Peaks of real trainings, in MB
 * of live heap and outside it (28 November 2026, 2 cores, libraries loaded before): LightGBM on 43,000 bars 51 and 30,
 * on 130,000 bars 129 and 90; TST tst-small on 43,000 bars 43 and 137, tst-patch on 10,000 bars 54 and 155; TRL
 * trl-small on 600 articles 17 and 13. A worker process on a year (525,600 bars) has 790 MB resident with LightGBM and
 * with tst-small. The needs of published encoders are calculated, not measured.
 *
 * @param subject name of the training, for messages
 * @param heap bytes of the Java heap
 * @param outside bytes outside the heap, for the native libraries
 */
public record MemoryEstimate(String subject, long heap, long outside) {

    /** Heap per row beside its features: times, outcomes, weights. */
    private static final long ROW = 80;

    /** Heap per bar from which reactions are computed. */
    private static final long BAR = 400;

    /** Memory of a library once it is loaded. */
    private static final long LIGHTGBM = 40L << 20;

    private static final long PYTORCH = 300L << 20;

    /** Scores, gradients, weights and bins that LightGBM keeps per row. */
    private static final long ROW_OF_TREES = 400;

    /** Heap of every training beside its data: text forms, exports, scores. */
    private static final long BESIDE = 24L << 20;

    /** Shape of most published encoders (Devlin et al., BERT, 2019). */
    private static final BertShape BERT_BASE = BertShape.small(30_522, 512, 12, 12, 768);

    private static final int DOUBLE = Double.BYTES;
    private static final int FLOAT = Float.BYTES;

    /** Values, gradients and two moments of each weight. */
    private static final int COPIES_OF_WEIGHTS = 4;

    /**
     * Estimates a LightGBM training: the matrix is in the heap twice, and once more outside while it is binned.
     *
     * @param rows bars of the period
     * @param columns features
     */
    public static MemoryEstimate lightGbm(long rows, int columns) {
        return new MemoryEstimate(
                "a LightGBM training on " + rows + " bars",
                BESIDE + dataset(rows, columns),
                LIGHTGBM + rows * (2L * columns * DOUBLE + ROW_OF_TREES));
    }

    /**
     * Estimates a TST training: windows are cut out of one matrix a batch at a time, so their length matters only for
     * the batch.
     */
    public static MemoryEstimate tst(long rows, int columns, TstParameters parameters) {
        int bars = parameters.shape().bars();
        long scored = (long) Math.max(SCORED_AT_ONCE, parameters.schedule().batch()) * bars * columns;
        return new MemoryEstimate(
                "a TST training on " + rows + " bars in windows of " + bars,
                BESIDE + dataset(rows, columns) + scored * (DOUBLE + FLOAT) * 4,
                PYTORCH
                        + activations(
                                parameters.shape().encoder(),
                                Math.max(parameters.schedule().batch(), SCORED_AT_ONCE / 2),
                                parameters.shape().tokens())
                        + scored * FLOAT * 2);
    }

    private static final int SCORED_AT_ONCE = 256;

    /**
     * Estimates a TRL training. A published encoder that is not a local folder is assumed to have BERT's base size.
     *
     * @param bars from which the articles' reactions are computed
     */
    public static MemoryEstimate trl(long bars, TrlParameters parameters) {
        return switch (parameters.base()) {
            case BaseEncoder.Local local ->
                trl(bars, parameters, local.shape(local.vocabulary(), parameters.maxTokens()), true);
            case BaseEncoder.Checkpoint checkpoint -> trl(bars, parameters, shapeOf(checkpoint), false);
        };
    }

    private static MemoryEstimate trl(long bars, TrlParameters parameters, BertShape shape, boolean made) {
        long weights = shape.weights().values().stream()
                .mapToLong(lengths -> Arrays.stream(lengths).reduce(1, Math::multiplyExact))
                .sum();
        long batch = Math.max(
                parameters.schedule().batch(),
                parameters.base() instanceof BaseEncoder.Local local ? local.batch() : 1);
        return new MemoryEstimate(
                String.format(Locale.ROOT, "a TRL training with an encoder of %.1f million weights", weights / 1e6),
                BESIDE + bars * BAR + COPIES_IN_HEAP * weights * FLOAT,
                PYTORCH
                        + (made ? COPIES_OF_WEIGHTS + 3 : 3) * weights * FLOAT
                        + activations(shape.encoder(), batch, parameters.maxTokens()));
    }

    private static BertShape shapeOf(BaseEncoder.Checkpoint checkpoint) {
        Path config = Path.of(checkpoint.source()).resolve(BertConfig.FILE);
        try {
            return Files.isRegularFile(config)
                    ? BertConfig.read(Files.readAllBytes(config)).shape()
                    : BERT_BASE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Safetensors, export and bundle of an encoder, several of which are in memory at a time. */
    private static final int COPIES_IN_HEAP = 5;

    private static long dataset(long rows, int columns) {
        return rows * (ROW + 2L * columns * DOUBLE);
    }

    /**
     * Returns the activations that a step keeps for its gradients: some 12 vectors per token and layer, the inner layer
     * three times, attention three times.
     */
    private static long activations(EncoderShape shape, long batch, long tokens) {
        long vectors = batch * tokens * (12L * shape.width() + 3L * shape.inner());
        long attention = 3 * batch * shape.heads() * tokens * tokens;
        return 2L * FLOAT * shape.layers() * (vectors + attention);
    }
}
