package io.hindcast.ml.bert;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Tokens of several texts, padded to the longest.
 *
 * @param ids batch × tokens, int64
 * @param mask same shape, int64: 1 where there is a token, 0 where there is padding
 */
public record TokenBatch(NDArray ids, NDArray mask) {

    /**
     * Builds a batch of texts.
     *
     * @param manager manager that owns the arrays
     * @param texts token ids of one or more texts, each of one token or more
     * @param padding id of the padding token
     */
    public static TokenBatch of(NDManager manager, Iterable<int[]> texts, int padding) {
        int rows = 0;
        int longest = 0;
        for (int[] text : texts) {
            rows++;
            longest = Math.max(longest, text.length);
        }
        if (longest == 0) {
            throw new IllegalArgumentException("a batch of " + rows + " texts without tokens, expected some");
        }
        long[] ids = new long[rows * longest];
        long[] mask = new long[rows * longest];
        Arrays.fill(ids, padding);
        int row = 0;
        for (int[] text : texts) {
            for (int i = 0; i < text.length; i++) {
                ids[row * longest + i] = text[i];
                mask[row * longest + i] = 1;
            }
            row++;
        }
        Shape shape = new Shape(rows, longest);
        return new TokenBatch(manager.create(ids, shape), manager.create(mask, shape));
    }
}
