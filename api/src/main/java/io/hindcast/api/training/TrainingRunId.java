package io.hindcast.api.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import java.util.Locale;

/**
 * Identity of one family's run in a training cycle, written {@code BTCUSDT/3/lightgbm/1}. It is derived, so that a
 * repeated command names the same run.
 *
 * @param cycle number of the symbol's cycle, from 1
 * @param attempt from 1
 */
public record TrainingRunId(Symbol symbol, int cycle, ModelFamily family, int attempt) {

    /** @throws RefusedException as {@code BAD_RUN} if the text is none */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TrainingRunId parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 4) {
                return new TrainingRunId(
                        new Symbol(parts[0]),
                        Integer.parseInt(parts[1]),
                        ModelFamily.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                        Integer.parseInt(parts[3]));
            }
        } catch (IllegalArgumentException e) {
            // Neither a number nor a family: refused below.
        }
        throw RefusedException.of(
                "BAD_RUN", "training run", "'" + text + "'", "SYMBOL/cycle/family/attempt, like BTCUSDT/3/lightgbm/1");
    }

    public ModelId model() {
        return new ModelId(family, symbol);
    }

    @JsonValue
    @Override
    public String toString() {
        return symbol + "/" + cycle + "/" + family.name().toLowerCase(Locale.ROOT) + "/" + attempt;
    }
}
