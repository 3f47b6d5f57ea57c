package io.hindcast.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.hindcast.api.HindcastJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Values of {@code jsonb} columns. */
public final class JsonColumn {

    private JsonColumn() {}

    /** Reads a column; empty if it is null. */
    public static <T> Optional<T> read(ResultSet row, int column, TypeReference<T> type) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(HindcastJson.mapper().readValue(text, type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("column " + column + " holds no " + type.getType() + ": " + text, e);
        }
    }
}
