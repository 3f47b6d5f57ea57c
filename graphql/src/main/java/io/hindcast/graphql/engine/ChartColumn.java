package io.hindcast.graphql.engine;

import java.util.AbstractList;
import java.util.RandomAccess;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * A column of a chart as a list. {@link ChartColumnStrategy} passes it on as a whole, and it serializes itself:
 * completing thousands of numbers one by one, as GraphQL Java does with a list, takes longer than the rest of the
 * request, and so does looking up a serializer for each of them.
 */
public abstract sealed class ChartColumn extends AbstractList<Object> implements RandomAccess, JacksonSerializable {

    private ChartColumn() {}

    @Override
    public final void serializeWithType(JsonGenerator json, SerializationContext context, TypeSerializer type) {
        serialize(json, context);
    }

    public static ChartColumn of(double[] values) {
        return new Doubles(values);
    }

    public static ChartColumn of(long[] values) {
        return new Longs(values);
    }

    public static ChartColumn of(int[] values) {
        return new Ints(values);
    }

    private static final class Doubles extends ChartColumn {
        private final double[] values;

        Doubles(double[] values) {
            this.values = values;
        }

        @Override
        public void serialize(JsonGenerator json, SerializationContext context) {
            json.writeArray(values, 0, values.length);
        }

        @Override
        public Object get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    private static final class Longs extends ChartColumn {
        private final long[] values;

        Longs(long[] values) {
            this.values = values;
        }

        @Override
        public void serialize(JsonGenerator json, SerializationContext context) {
            json.writeArray(values, 0, values.length);
        }

        @Override
        public Object get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    private static final class Ints extends ChartColumn {
        private final int[] values;

        Ints(int[] values) {
            this.values = values;
        }

        @Override
        public void serialize(JsonGenerator json, SerializationContext context) {
            json.writeArray(values, 0, values.length);
        }

        @Override
        public Object get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
