package io.hindcast.ml.trl;

/**
 * Shape of low-rank adapters (Hu et al., LoRA: low-rank adaptation of large language models, 2021).
 *
 * @param rank r, 1 or more
 * @param alpha an adapter's output is scaled by alpha / r, above 0
 * @param dropout share of an adapter's inputs dropped in training, from 0 to below 1
 */
public record LoraShape(int rank, double alpha, double dropout) {

    /** Rank 4, alpha 32, a tenth dropped. */
    public static final LoraShape DEFAULT = new LoraShape(4, 32, 0.1);

    public LoraShape {
        if (rank < 1 || !(alpha > 0) || !(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("LoRA of rank " + rank + ", alpha " + alpha + " and dropout " + dropout
                    + ", expected 1 or more, above 0, and from 0 to below 1");
        }
    }

    /** Returns the factor of an adapter's output. */
    public double scale() {
        return alpha / rank;
    }
}
