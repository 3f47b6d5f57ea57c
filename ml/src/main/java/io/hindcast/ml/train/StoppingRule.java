package io.hindcast.ml.train;

/**
 * When a training ends. A round is a boosting round or an epoch, depending on the family.
 *
 * @param maxRounds most rounds, 1 or more
 * @param patience rounds without a lower validation loss after which training stops early, 1 or more
 */
public record StoppingRule(int maxRounds, int patience) {

    public StoppingRule {
        TrainingParameters.check("rounds", maxRounds, maxRounds >= 1, "1 or more");
        TrainingParameters.check("patience", patience, patience >= 1, "1 or more");
    }

    /** Returns a copy with another limit of rounds. */
    public StoppingRule withMaxRounds(int other) {
        return new StoppingRule(other, patience);
    }
}
