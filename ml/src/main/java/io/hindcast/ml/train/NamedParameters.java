package io.hindcast.ml.train;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import java.util.Map;
import java.util.function.Function;

/** Parameters by name, as {@link TrainingParameters#toMap} writes them, read back. */
public final class NamedParameters {

    private final Map<String, String> values;

    public NamedParameters(Map<String, String> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException if there is no such parameter */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "parameter " + name + " is missing, expected it among " + values.keySet());
        }
        return value;
    }

    /** @throws IllegalArgumentException if there is no such parameter, or it is no whole number */
    public int whole(String name) {
        return parse(name, Integer::valueOf, "a whole number");
    }

    /** @throws IllegalArgumentException if there is no such parameter, or it is no number */
    public double number(String name) {
        return parse(name, Double::valueOf, "a number");
    }

    /** @throws IllegalArgumentException if there is no such parameter, or it is neither true nor false */
    public boolean flag(String name) {
        return parse(
                name,
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new NumberFormatException();
                },
                "true or false");
    }

    private <T> T parse(String name, Function<String, T> parser, String expected) {
        String value = text(name);
        try {
            return parser.apply(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("parameter " + name + " was '" + value + "', expected " + expected, e);
        }
    }

    /** Reads what {@link EvaluationSettings#addTo} wrote. */
    public EvaluationSettings evaluation() {
        return new EvaluationSettings(
                new ChronologicalSplitter(
                        number("split.validationShare"), number("split.testShare"), whole("split.embargoBars")),
                number("feeRate"));
    }

    /** Reads a stopping rule whose limit of rounds has this name. */
    public StoppingRule stopping(String rounds) {
        return new StoppingRule(whole(rounds), whole("patience"));
    }
}
