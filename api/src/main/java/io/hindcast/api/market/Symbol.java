package io.hindcast.api.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.RefusedException;
import java.util.regex.Pattern;

/** A market's name as its exchange writes it, such as {@code BTCUSDT}: 2 to 20 capitals and digits. */
public record Symbol(@JsonValue String value) implements Comparable<Symbol> {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9]{2,20}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Symbol {
        if (!FORM.matcher(value).matches()) {
            throw RefusedException.of(
                    "BAD_SYMBOL", "symbol", "'" + value + "'", "2 to 20 capitals or digits, like BTCUSDT");
        }
    }

    @Override
    public int compareTo(Symbol other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
