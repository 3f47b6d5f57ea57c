package io.hindcast.ml.dataset;

/**
 * A dataset cut in time: what is trained on, what early stopping watches, what the result is judged by, in this order
 * and with rows left out between them.
 */
public record Split(RowRange train, RowRange validation, RowRange test) {

    public Split {
        if (train.to() > validation.from() || validation.to() > test.from()) {
            throw new IllegalArgumentException("train " + train + ", validation " + validation + ", test " + test
                    + ": expected one after the other");
        }
    }
}
