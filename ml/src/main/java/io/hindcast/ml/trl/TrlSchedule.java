package io.hindcast.ml.trl;

import java.util.SortedMap;

/**
 * Epochs and steps of a TRL training.
 *
 * @param epochs over the articles at most, supervised ones included
 * @param supervisedEpochs first epochs in which a fresh classifier learns from the outcomes themselves, 0 or more; a
 *     checkpoint that brings a classifier of its own begins without them. Their best is the reference of the epochs
 *     after them (Ouyang et al., Training language models to follow instructions with human feedback, arXiv 2203.02155,
 *     2022, order it so)
 * @param supervisedRate learning rate in those
 * @param patience epochs without a better one after which it stops
 * @param batch articles that go through the network together
 * @param accumulation batches a step of the optimizer, 1 or more
 * @param optimizer of the epochs under GRPO; the supervised ones differ in their rate
 */
public record TrlSchedule(
        int epochs,
        int supervisedEpochs,
        double supervisedRate,
        int patience,
        int batch,
        int accumulation,
        Optimizer optimizer) {

    /**
     * Settings of AdamW.
     *
     * @param learningRate above 0
     * @param weightDecay from 0 to below 1
     * @param maxNorm gradients are clipped to, above 0
     */
    public record Optimizer(double learningRate, double weightDecay, double maxNorm) {

        public Optimizer {
            TrlParameters.check("learningRate", learningRate, learningRate > 0 && learningRate <= 1, "above 0 to 1");
            TrlParameters.check("weightDecay", weightDecay, weightDecay >= 0 && weightDecay < 1, "from 0 to below 1");
            TrlParameters.check("maxNorm", maxNorm, maxNorm > 0, "above 0");
        }
    }

    public TrlSchedule {
        TrlParameters.check("epochs", epochs, epochs >= 1, "1 or more");
        TrlParameters.check("supervisedEpochs", supervisedEpochs, supervisedEpochs >= 0, "0 or more");
        TrlParameters.check(
                "supervisedRate", supervisedRate, supervisedRate > 0 && supervisedRate <= 1, "above 0 to 1");
        TrlParameters.check("patience", patience, patience >= 1, "1 or more");
        TrlParameters.check("batch", batch, batch >= 1, "1 or more");
        TrlParameters.check("accumulation", accumulation, accumulation >= 1, "1 or more");
    }

    TrlSchedule withEpochs(int other, double rate) {
        return new TrlSchedule(
                other,
                supervisedEpochs,
                supervisedRate,
                patience,
                batch,
                accumulation,
                new Optimizer(rate, optimizer.weightDecay(), optimizer.maxNorm()));
    }

    /** Returns a copy whose first epochs are supervised, as many and with steps this long. */
    public TrlSchedule withSupervision(int first, double rate) {
        return new TrlSchedule(epochs, first, rate, patience, batch, accumulation, optimizer);
    }

    TrlSchedule withPatience(int other) {
        return new TrlSchedule(epochs, supervisedEpochs, supervisedRate, other, batch, accumulation, optimizer);
    }

    TrlSchedule withBatches(int articles, int batches) {
        return new TrlSchedule(epochs, supervisedEpochs, supervisedRate, patience, articles, batches, optimizer);
    }

    /** Adds them by name, for the provenance. */
    void addTo(SortedMap<String, String> map) {
        map.put("epochs", String.valueOf(epochs));
        map.put("supervised.epochs", String.valueOf(supervisedEpochs));
        map.put("supervised.learningRate", String.valueOf(supervisedRate));
        map.put("patience", String.valueOf(patience));
        map.put("batch", String.valueOf(batch));
        map.put("accumulation", String.valueOf(accumulation));
        map.put("learningRate", String.valueOf(optimizer.learningRate()));
        map.put("weightDecay", String.valueOf(optimizer.weightDecay()));
        map.put("maxNorm", String.valueOf(optimizer.maxNorm()));
    }
}
