package io.hindcast.ml.tst;

import io.hindcast.ml.torch.EncoderShape;

/**
 * The shape of a time series transformer.
 *
 * @param bars length of the window that it reads, 2 or more
 * @param patch bars that make one token; 0 makes each bar one. Patches overlap by half, so it is even and its half
 *     divides the window
 * @param layers of the encoder
 * @param heads of its attention
 * @param width numbers a token
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

    /** Whether tokens are patches. */
    public boolean patched() {
        return patch > 0;
    }

    /** How many tokens the encoder sees. */
    public int tokens() {
        return patched() ? 2 * bars / patch - 1 : bars;
    }

    public EncoderShape encoder() {
        return new EncoderShape(layers, heads, width, inner, EncoderShape.Activation.RELU, EPSILON);
    }

    /** The window as the data of one token. */
    int tokenInputs(int features) {
        return patched() ? patch * features : features;
    }

    /** What the classification head reads: the last token, or all tokens and the last bar. */
    int headInputs(int features) {
        return patched() ? tokens() * width + features : width;
    }
}
