package io.hindcast.ml.bert;

import io.hindcast.api.prediction.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Order of a checkpoint's classes, recognised by their names in any order: SELL, HOLD and BUY, or negative, neutral and
 * positive.
 *
 * @param rows for each of our classes the checkpoint's row
 */
@SuppressWarnings("ArrayRecordComponent") // a permutation
public record ClassOrder(int[] rows) {

    /** Returns our order. */
    public static ClassOrder own() {
        return new ClassOrder(new int[] {0, 1, 2});
    }

    /**
     * Recognises the names of a checkpoint's classes.
     *
     * @throws IllegalArgumentException unless they name SELL, HOLD and BUY once each
     */
    public static ClassOrder of(List<String> labels) {
        List<Signal> signals = new ArrayList<>();
        for (String label : labels) {
            signals.add(
                    switch (label.toUpperCase(Locale.ROOT)) {
                        case "SELL", "NEGATIVE" -> Signal.SELL;
                        case "HOLD", "NEUTRAL" -> Signal.HOLD;
                        case "BUY", "POSITIVE" -> Signal.BUY;
                        default -> throw unknown(labels);
                    });
        }
        int[] rows = Signal.CLASSES.stream().mapToInt(signals::indexOf).toArray();
        if (signals.size() != rows.length || !signals.containsAll(Signal.CLASSES)) {
            throw unknown(labels);
        }
        return new ClassOrder(rows);
    }

    private static IllegalArgumentException unknown(List<String> labels) {
        return new IllegalArgumentException("classes are named " + labels
                + ", expected SELL, HOLD and BUY, or negative, neutral and positive, once each: " + BertConfig.FILE
                + " says so by id2label");
    }

    /** Returns the checkpoint's rows in our order. */
    public float[] toOwn(float[] numbers) {
        int width = numbers.length / rows.length;
        float[] own = new float[numbers.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(numbers, rows[i] * width, own, i * width, width);
        }
        return own;
    }

    /** Returns our rows in the checkpoint's order. */
    public float[] toCheckpoint(float[] numbers) {
        int width = numbers.length / rows.length;
        float[] theirs = new float[numbers.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(numbers, i * width, theirs, rows[i] * width, width);
        }
        return theirs;
    }
}
