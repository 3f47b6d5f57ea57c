package io.hindcast.api.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import java.util.Locale;

/** Identity of a model, a family on a symbol, written {@code lightgbm:BTCUSDT}. */
public record ModelId(ModelFamily family, Symbol symbol) implements Comparable<ModelId> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ModelId parse(String text) {
        String[] parts = text.split(":", -1);
        for (ModelFamily family : ModelFamily.values()) {
            if (parts.length == 2 && family.name().toLowerCase(Locale.ROOT).equals(parts[0])) {
                return new ModelId(family, new Symbol(parts[1]));
            }
        }
        throw RefusedException.of("BAD_MODEL", "model", "'" + text + "'", "family:SYMBOL, like lightgbm:BTCUSDT");
    }

    public VersionId version(int number) {
        return new VersionId(this, number);
    }

    @Override
    public int compareTo(ModelId other) {
        int bySymbol = symbol.compareTo(other.symbol);
        return bySymbol != 0 ? bySymbol : family.compareTo(other.family);
    }

    @JsonValue
    @Override
    public String toString() {
        return family.name().toLowerCase(Locale.ROOT) + ":" + symbol;
    }
}
