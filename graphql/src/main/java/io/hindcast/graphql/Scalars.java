package io.hindcast.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.function.Function;

/** The scalars that the schema defines. */
final class Scalars {

    private Scalars() {}

    static final GraphQLScalarType DATE_TIME = GraphQLScalarType.newScalar()
            .name("DateTime")
            .coercing(new Text<>(Instant.class, Instant::toString, Scalars::instant))
            .build();

    static final GraphQLScalarType DECIMAL = GraphQLScalarType.newScalar()
            .name("Decimal")
            .coercing(new Text<>(BigDecimal.class, BigDecimal::toPlainString, BigDecimal::new))
            .build();

    static final GraphQLScalarType LONG = GraphQLScalarType.newScalar()
            .name("Long")
            .coercing(new WholeNumber())
            .build();

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "', expected a time in ISO-8601 with its zone, such as 2022-01-31T12:34:00Z", e);
        }
    }

    /** A scalar whose JSON form is a string. */
    private record Text<T>(Class<T> type, Function<T, String> write, Function<String, T> read)
            implements Coercing<T, String> {

        @Override
        public String serialize(Object result, GraphQLContext context, Locale locale) {
            if (!type.isInstance(result)) {
                throw new CoercingSerializeException(
                        "was a " + result.getClass().getName() + ", expected a " + type.getName());
            }
            return write.apply(type.cast(result));
        }

        @Override
        public T parseValue(Object input, GraphQLContext context, Locale locale) {
            try {
                return parse(input);
            } catch (IllegalArgumentException e) {
                throw new CoercingParseValueException(e.getMessage(), e);
            }
        }

        @Override
        public T parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            try {
                return parse(input instanceof StringValue text ? String.valueOf(text.getValue()) : input);
            } catch (IllegalArgumentException e) {
                throw new CoercingParseLiteralException(e.getMessage(), e);
            }
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return StringValue.of(input instanceof String text ? text : serialize(input, context, locale));
        }

        private T parse(Object input) {
            if (!(input instanceof String text)) {
                throw new IllegalArgumentException(input + ", expected a string");
            }
            try {
                return read.apply(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "', expected a decimal such as 46216.93", e);
            }
        }
    }

    private record WholeNumber() implements Coercing<Long, Long> {

        @Override
        public Long serialize(Object result, GraphQLContext context, Locale locale) {
            if (result instanceof Number number) {
                return number.longValue();
            }
            throw new CoercingSerializeException("was " + result + ", expected a whole number");
        }

        @Override
        public Long parseValue(Object input, GraphQLContext context, Locale locale) {
            if (input instanceof Integer || input instanceof Long) {
                return ((Number) input).longValue();
            }
            throw new CoercingParseValueException(input + ", expected a whole number");
        }

        @Override
        public Long parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (input instanceof IntValue number) {
                return number.getValue().longValueExact();
            }
            throw new CoercingParseLiteralException(input + ", expected a whole number");
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return IntValue.of(((Number) input).intValue());
        }
    }
}
