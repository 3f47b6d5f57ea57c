package io.hindcast.graphql.engine;

import io.hindcast.api.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The extensions of a GraphQL error that reports a refusal. */
public final class RefusalExtensions {

    private RefusalExtensions() {}

    public static Map<String, Object> of(Refusal refusal) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", refusal.code());
        extensions.put("field", refusal.subject());
        extensions.put("value", refusal.actual());
        extensions.put("expected", refusal.expected());
        return extensions;
    }
}
