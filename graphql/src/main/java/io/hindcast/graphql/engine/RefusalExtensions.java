package io.hindcast.graphql.engine;

import io.hindcast.api.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal in the form in which errors carry it. */
public final class Refusals {

    private Refusals() {}

    public static Map<String, Object> extensions(Refusal refusal) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", refusal.code());
        extensions.put("field", refusal.subject());
        extensions.put("value", refusal.actual());
        extensions.put("expected", refusal.expected());
        return extensions;
    }
}
