package io.hindcast.ml.tst;

import io.hindcast.ml.torch.EncoderShape;

/**
 * Shape of a time series transformer.
 *
 * @param bars length of the window, 2 or more
 * @param patch bars per token; 0 makes each bar a token. Patches overlap by half, so the number is even and its half
 *     divides the window
 * @param layers layers of the encoder
 * @param heads heads of the attention
 * @param width numbers per token
 * @param inner width of the feed-forward part
 */
public record TstShape(int bars, int patch, int layers, int heads, int width, int inner) {

    private static final float EPSILON = 1e-5f;

    public TstShape {
        if (bars < 2 || patch < 0 || patch % 2 != 0 || (patch > 0 && (bars % (patch / 2) != 0 || patch > bars))) {
            throw new IllegalArgumentException(
                    "TST on " + bars + " bars in patches of " + patch
                            + ", expected 2 bars or more and patches of none or an even number of bars whose half divides them");
        }
    }

    /** Returns whether tokens are patches. */
    public boolean patched() {
        return patch > 0;
    }

    /** Returns the number of tokens of the encoder. */
    public int tokens() {
        return patched() ? 2 * bars / patch - 1 : bars;
    }

    public EncoderShape encoder() {
        return new EncoderShape(layers, heads, width, inner, EncoderShape.Activation.RELU, EPSILON);
    }

    /** Returns the number of inputs of a token. */
    int tokenInputs(int features) {
        return patched() ? patch * features : features;
    }

    /** Returns the number of inputs of the classification head: the last token, or all tokens and the last bar. */
    int headInputs(int features) {
        return patched() ? tokens() * width + features : width;
    }
}
