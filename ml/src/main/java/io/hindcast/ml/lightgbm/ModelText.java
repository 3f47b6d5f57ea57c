package io.hindcast.ml.lightgbm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The fields of a LightGBM model in text form: a head, and a section for each tree.
 *
 * @param head fields of the whole model
 * @param trees fields of each tree
 * @param complete whether the text reaches the end of its last tree
 */
record ModelText(Section head, List<Section> trees, boolean complete) {

    private static final String END = "end of trees";

    static ModelText parse(String text) {
        String[] sections = text.split("\nTree=", -1);
        List<Section> trees = new ArrayList<>();
        for (int i = 1; i < sections.length; i++) {
            trees.add(Section.of("LightGBM tree " + (i - 1), sections[i]));
        }
        return new ModelText(Section.of("LightGBM model", sections[0]), trees, text.contains("\n" + END));
    }

    /**
     * Named values of the model or of one tree. Every getter throws an {@link IllegalArgumentException} naming section
     * and field if the field is missing or has another form.
     *
     * @param name for messages
     */
    record Section(String name, Map<String, String> fields) {

        private static Section of(String name, String text) {
            Map<String, String> fields = new HashMap<>();
            text.lines().takeWhile(line -> !line.equals(END)).forEach(line -> {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    fields.put(line.substring(0, equals), line.substring(equals + 1));
                }
            });
            return new Section(name, fields);
        }

        String text(String field, String absent) {
            return fields.getOrDefault(field, absent);
        }

        int integer(String field) {
            return parsed(field, Integer::parseInt, value(field).strip());
        }

        /** Returns as many numbers as there are; none if the field is missing or empty. */
        int[] integers(String field) {
            return integers(field, split(fields.getOrDefault(field, "")).length);
        }

        int[] integers(String field, int expected) {
            return values(field, expected)
                    .mapToInt(value -> parsed(field, Integer::parseInt, value))
                    .toArray();
        }

        double[] doubles(String field, int expected) {
            return values(field, expected)
                    .mapToDouble(value -> parsed(field, Section::number, value))
                    .toArray();
        }

        void checkFeature(int feature, int features) {
            if (feature < 0 || feature >= features) {
                throw new IllegalArgumentException(
                        name + " splits on feature " + feature + ", expected 0 to " + (features - 1));
            }
        }

        private String value(String field) {
            String value = fields.get(field);
            if (value == null) {
                throw new IllegalArgumentException(name + " has no field " + field);
            }
            return value;
        }

        private Stream<String> values(String field, int expected) {
            String[] values = expected == 0 ? split(fields.getOrDefault(field, "")) : split(value(field));
            if (values.length != expected) {
                throw new IllegalArgumentException(
                        name + " has " + values.length + " values of " + field + ", expected " + expected);
            }
            return Arrays.stream(values);
        }

        private static String[] split(String values) {
            return values.isBlank() ? new String[0] : values.strip().split(" +");
        }

        private <T> T parsed(String field, Function<String, T> parser, String value) {
            try {
                return parser.apply(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        name + " field " + field + " is '" + value + "', expected a number", e);
            }
        }

        /** C++ writes infinities in its own way. */
        private static double number(String text) {
            return switch (text) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        }
    }
}
