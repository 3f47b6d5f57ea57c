package io.hindcast.api.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.RefusedException;

/**
 * Identity of one version of a model, written {@code lightgbm:BTCUSDT:3}. Predictions are keyed by it, never by slot.
 *
 * @param number 1, 2, 3, …; never reused
 */
public record VersionId(ModelId model, int number) implements Comparable<VersionId> {

    public VersionId {
        if (number < 1) {
            throw RefusedException.of("BAD_VERSION", "version of " + model, number, "1 or more");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static VersionId parse(String text) {
        int cut = text.lastIndexOf(':');
        try {
            return new VersionId(
                    ModelId.parse(text.substring(0, Math.max(cut, 0))), Integer.parseInt(text.substring(cut + 1)));
        } catch (NumberFormatException e) {
            throw RefusedException.of(
                    "BAD_VERSION", "version", "'" + text + "'", "family:SYMBOL:number, like lightgbm:BTCUSDT:3");
        }
    }

    @Override
    public int compareTo(VersionId other) {
        int byModel = model.compareTo(other.model);
        return byModel != 0 ? byModel : Integer.compare(number, other.number);
    }

    @JsonValue
    @Override
    public String toString() {
        return model + ":" + number;
    }
}
