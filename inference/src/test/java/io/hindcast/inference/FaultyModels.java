package io.hindcast.inference;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.ml.score.Scorer;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Wraps models so that they fail on demand, and counts how many are open. */
final class FaultyModels {

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    /** Number of repeated calls of close. */
    final AtomicInteger closedAgain = new AtomicInteger();
    /** Whether all scoring fails. */
    volatile boolean dead;

    /** Acquired by each scoring call; tests acquire it to make scoring wait. */
    final Semaphore scoring = new Semaphore(1);

    private volatile boolean armed;
    private volatile double @Nullable [] poison;

    /** Makes the last row of the next scoring call fail from then on. */
    void arm() {
        armed = true;
    }

    boolean isPoisoned() {
        return poison != null;
    }

    LoadedModel of(LoadedModel model) {
        opened.incrementAndGet();
        open.incrementAndGet();
        return new LoadedModel(model.input(), new FaultyScorer(model.scorer()));
    }

    private final class FaultyScorer implements Scorer {
        private final Scorer scorer;
        private final AtomicInteger closed = new AtomicInteger();

        private FaultyScorer(Scorer scorer) {
            this.scorer = scorer;
        }

        @Override
        public ScorerSpec spec() {
            return scorer.spec();
        }

        @Override
        public int inputs() {
            return scorer.inputs();
        }

        @Override
        public void score(double[] rows, int n, double[] out) {
            scoring.acquireUninterruptibly();
            scoring.release();
            int columns = inputs();
            if (armed && n > 0) {
                armed = false;
                poison = Arrays.copyOfRange(rows, (n - 1) * columns, n * columns);
            }
            double[] unscorable = poison;
            for (int row = 0; row < n; row++) {
                if (dead
                        || (unscorable != null
                                && Arrays.equals(unscorable, 0, columns, rows, row * columns, (row + 1) * columns))) {
                    throw new OutOfMemoryError("no room for this row");
                }
            }
            scorer.score(rows, n, out);
        }

        @Override
        public void close() {
            if (closed.getAndIncrement() == 0) {
                open.decrementAndGet();
            } else {
                closedAgain.incrementAndGet();
            }
            scorer.close();
        }
    }
}
