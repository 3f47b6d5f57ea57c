package io.hindcast.ml.model;

import io.hindcast.api.model.FeatureSetRef;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the rows that a model reads are made. Of bars: the features of so many bars, the scored one last. Of a text: its
 * tokens, as the settings say.
 *
 * @param source the feature set of bars, or the name of what makes rows of texts with the hash of its definition
 * @param bars length of the window, 1 for the scored bar alone; 0 if rows are made of texts
 * @param text settings by name that make rows of texts, such as {@code maxTokens}; empty if rows are made of bars
 */
public record RowSpec(FeatureSetRef source, int bars, SortedMap<String, String> text) {

    public RowSpec {
        text = new TreeMap<>(text);
        if (bars < 0 || (bars > 0) != text.isEmpty()) {
            throw new IllegalArgumentException("rows of " + bars + " bars and text settings " + text
                    + ", expected either 1 or more bars or text settings");
        }
    }

    public static RowSpec ofBars(FeatureSetRef features, int bars) {
        return new RowSpec(features, bars, new TreeMap<>());
    }

    public static RowSpec ofText(FeatureSetRef source, Map<String, String> settings) {
        return new RowSpec(source, 0, new TreeMap<>(settings));
    }
}
