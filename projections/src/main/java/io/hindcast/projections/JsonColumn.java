package io.hindcast.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hindcast.api.HindcastJson;

/** Values of {@code jsonb} columns. */
public final class JsonColumn {

    private JsonColumn() {}

    /** Returns a value as JSON text, to be cast with {@code ?::jsonb}. */
    public static String of(Object value) {
        try {
            return HindcastJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recorded value is JSON: " + value.getClass(), e);
        }
    }
}
