package io.hindcast.ml.dataset;

/**
 * A dataset split in time into the rows of training, of early stopping and of the evaluation, in this order, with rows
 * left out between them.
 */
public record Split(RowRange train, RowRange validation, RowRange test) {

    public Split {
        if (train.to() > validation.from() || validation.to() > test.from()) {
            throw new IllegalArgumentException("train " + train + ", validation " + validation + ", test " + test
                    + ": expected one after the other");
        }
    }
}
