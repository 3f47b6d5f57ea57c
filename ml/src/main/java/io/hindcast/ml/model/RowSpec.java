package io.hindcast.ml.model;

import io.hindcast.api.model.FeatureSetRef;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the rows of a model are made: from the features of some bars, the scored one last, or from the tokens of a text.
 *
 * @param source feature set of bars, or name and definition hash of the tokenisation of texts
 * @param bars length of the window, 1 for the scored bar alone; 0 for rows of texts
 * @param text tokenisation settings by name, such as {@code maxTokens}; empty for rows of bars
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
