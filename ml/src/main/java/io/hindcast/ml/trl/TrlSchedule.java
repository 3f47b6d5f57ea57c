package io.hindcast.ml.trl;

import io.hindcast.ml.torch.OptimizerSettings;
import io.hindcast.ml.train.NamedParameters;
import io.hindcast.ml.train.StoppingRule;
import java.util.SortedMap;

/**
 * Epochs and steps of a TRL training.
 *
 * @param stopping a round is an epoch over the articles; its limit includes the supervised epochs
 * @param supervision the epochs before those under GRPO
 * @param batch articles that go through the network together
 * @param accumulation batches whose gradients are accumulated for one step of the optimizer, 1 or more
 * @param optimizer of the epochs under GRPO; the supervised ones differ in their learning rate
 */
public record TrlSchedule(
        StoppingRule stopping, Supervision supervision, int batch, int accumulation, OptimizerSettings optimizer) {

    /**
     * The first epochs, in which a fresh classifier learns from the outcomes themselves. A checkpoint that has a
     * classifier of its own skips them. The best of these policies is the reference of the epochs under GRPO (in the
     * order of Ouyang et al., Training language models to follow instructions with human feedback, arXiv 2203.02155,
     * 2022).
     *
     * @param epochs 0 or more
     * @param learningRate above 0 to 1
     */
    public record Supervision(int epochs, double learningRate) {

        public Supervision {
            TrlParameters.check("supervised.epochs", epochs, epochs >= 0, "0 or more");
            TrlParameters.check(
                    "supervised.learningRate", learningRate, learningRate > 0 && learningRate <= 1, "above 0 to 1");
        }
    }

    public TrlSchedule {
        TrlParameters.check("batch", batch, batch >= 1, "1 or more");
        TrlParameters.check("accumulation", accumulation, accumulation >= 1, "1 or more");
    }

    TrlSchedule withEpochs(int epochs, double learningRate) {
        return new TrlSchedule(
                stopping.withMaxRounds(epochs),
                supervision,
                batch,
                accumulation,
                optimizer.withLearningRate(learningRate));
    }

    /** Returns a copy with other supervised epochs. */
    public TrlSchedule withSupervision(int epochs, double learningRate) {
        return new TrlSchedule(stopping, new Supervision(epochs, learningRate), batch, accumulation, optimizer);
    }

    TrlSchedule withPatience(int epochs) {
        return new TrlSchedule(
                new StoppingRule(stopping.maxRounds(), epochs), supervision, batch, accumulation, optimizer);
    }

    TrlSchedule withBatches(int articles, int batches) {
        return new TrlSchedule(stopping, supervision, articles, batches, optimizer);
    }

    /** Adds the settings by name, for the provenance. */
    void addTo(SortedMap<String, String> map) {
        map.put("epochs", String.valueOf(stopping.maxRounds()));
        map.put("patience", String.valueOf(stopping.patience()));
        map.put("supervised.epochs", String.valueOf(supervision.epochs));
        map.put("supervised.learningRate", String.valueOf(supervision.learningRate));
        map.put("batch", String.valueOf(batch));
        map.put("accumulation", String.valueOf(accumulation));
        optimizer.addTo(map);
    }

    /** Reads what {@link #addTo} wrote. */
    static TrlSchedule of(NamedParameters named) {
        return new TrlSchedule(
                named.stopping("epochs"),
                new Supervision(named.whole("supervised.epochs"), named.number("supervised.learningRate")),
                named.whole("batch"),
                named.whole("accumulation"),
                OptimizerSettings.of(named));
    }
}
