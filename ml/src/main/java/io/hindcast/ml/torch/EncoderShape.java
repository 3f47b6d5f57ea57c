package io.hindcast.ml.torch;

/**
 * The shape of a transformer encoder.
 *
 * @param layers 1 or more
 * @param heads attention heads, among which the width is split
 * @param width numbers per token
 * @param inner width of the feed-forward part
 * @param activation activation of the feed-forward part
 * @param epsilon added to the variance in layer norms
 */
public record EncoderShape(int layers, int heads, int width, int inner, Activation activation, float epsilon) {

    /** Activation between the two layers of the feed-forward part. */
    public enum Activation {
        RELU,
        /** The exact form, by the error function (Hendrycks and Gimpel, Gaussian error linear units, 2016). */
        GELU
    }

    public EncoderShape {
        if (layers < 1 || heads < 1 || width < 1 || inner < 1 || width % heads != 0) {
            throw new IllegalArgumentException("encoder of " + layers + " layers, " + heads + " heads, width " + width
                    + " and " + inner + " inside, expected 1 or more of each and a width that the heads can share");
        }
    }
}
