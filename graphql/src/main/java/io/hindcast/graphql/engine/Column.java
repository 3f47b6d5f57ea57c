package io.hindcast.graphql.engine;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * A column of a chart as a list. {@link ColumnStrategy} passes it on whole: completing thousands of numbers one by one, as GraphQL
 * Java does with a list, takes longer than all the rest of the request.
 */
public abstract sealed class Column extends AbstractList<Object> implements RandomAccess {

    private Column() {}

    public static Column of(double[] values) {
        return new Doubles(values);
    }

    public static Column of(long[] values) {
        return new Longs(values);
    }

    public static Column of(int[] values) {
        return new Ints(values);
    }

    private static final class Doubles extends Column {
        private final double[] values;

        Doubles(double[] values) {
            this.values = values;
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

    private static final class Longs extends Column {
        private final long[] values;

        Longs(long[] values) {
            this.values = values;
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

    private static final class Ints extends Column {
        private final int[] values;

        Ints(int[] values) {
            this.values = values;
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
