package io.hindcast.simulator.exchange;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a REST request, with Binance's errors for missing and invalid ones.
 *
 * @param values decoded values by name
 */
record QueryParameters(Map<String, String> values) {

    static QueryParameters of(URI request) {
        Map<String, String> values = new HashMap<>();
        String raw = request.getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new QueryParameters(values);
    }

    String required(String name) throws RestError {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw new RestError(
                    400, -1102, "Mandatory parameter '" + name + "' was not sent, was empty/null, or malformed.");
        }
        return value;
    }

    /** Returns a whole number, null if the parameter is missing. */
    @Nullable Long number(String name) throws RestError {
        String value = values.get(name);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw illegalCharacters(name);
        }
    }

    static RestError illegalCharacters(String name) {
        return new RestError(
                400, -1100, "Illegal characters found in parameter '" + name + "'; legal range is '^[0-9]{1,20}$'.");
    }
}
