package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Versions of the LightGBM model that are not live, its pin, its history and the decisions about it. Without
 * {@link #fill} there are only live versions.
 */
final class MockRegistry {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DECLINED =
            "it is worse than version 3, which is CURRENT: its log loss is higher by 0.0132 on the same 8,640 rows, at"
                    + " 95 % confidence by at least 0.0081, and the margin is 0.0050";
    private static final String ABANDONED = "its lane did not join within 10 minutes: the artifact could not be loaded";

    private record Entry(
            int version,
            String kind,
            @Nullable String by,
            @Nullable String reason) {}

    private final Map<Integer, String> states = new TreeMap<>();
    private final Map<Integer, String> reasons = new TreeMap<>();
    private final List<Entry> history = new ArrayList<>();
    private @Nullable String pinReason;

    /** Adds a version in each state that is not live: 4 declined, 5 archived, 6 abandoned, 7 purged. */
    synchronized void fill() {
        enter(7, "PURGED", "PURGED", null, null);
        enter(5, "ARCHIVED", "ARCHIVED", "anna", "its calibration error is too large");
        enter(6, "ABANDONED", "PROMOTION_ABANDONED", null, ABANDONED);
        enter(4, "DECLINED", "PROMOTION_DECLINED", null, DECLINED);
    }

    /** Returns the numbers of versions that are not live. */
    synchronized List<Integer> numbers() {
        return List.copyOf(states.keySet());
    }

    synchronized @Nullable String state(int version) {
        return states.get(version);
    }

    synchronized @Nullable String reason(int version) {
        return reasons.get(version);
    }

    /** Returns the pin of the model at its current version, or null. */
    synchronized @Nullable ObjectNode pin(int current) {
        if (pinReason == null) {
            return null;
        }
        return JSON.createObjectNode()
                .put("version", MockApi.version(current))
                .put("by", "anna")
                .put("reason", pinReason)
                .put("at", at(history.size()).toString());
    }

    /** Carries out a mutation about a version, and answers with the version. */
    synchronized String decide(String mutation, JsonNode variables) {
        String version = variables.path("version").asText();
        String reason = variables.path("reason").asText();
        int number = Integer.parseInt(version.substring(version.lastIndexOf(':') + 1));
        switch (mutation) {
            case "PromoteVersion" -> enter(number, "PROMOTING", "PROMOTION_BEGUN", "anna", reason);
            case "ArchiveVersion" -> enter(number, "ARCHIVED", "ARCHIVED", "anna", reason);
            case "RollBackVersion" -> history.add(new Entry(number, "ROLLED_BACK", "anna", reason));
            case "PinVersion" -> {
                pinReason = reason;
                history.add(new Entry(number, "PINNED", "anna", reason));
            }
            default -> {
                pinReason = null;
                history.add(new Entry(number, "UNPINNED", "anna", reason));
            }
        }
        return version;
    }

    /** Answers a page of the history, latest entry first; a cursor is the number of entries before its own. */
    synchronized void history(ObjectNode data, JsonNode variables, int live) {
        List<Entry> all = new ArrayList<>();
        for (int version = 1; version <= live; version++) {
            all.add(new Entry(version, "REGISTERED", null, null));
            all.add(new Entry(version, "PROMOTION_BEGUN", null, null));
            all.add(new Entry(version, "PROMOTED", null, null));
        }
        all.addAll(history);
        JsonNode after = variables.path("after");
        int before = after.isTextual() ? Integer.parseInt(after.asText()) : all.size();
        ObjectNode connection = data.putObject("modelHistory");
        ArrayNode edges = connection.putArray("edges");
        int index = before - 1;
        for (; index >= 0 && edges.size() < variables.path("first").asInt(); index--) {
            Entry entry = all.get(index);
            String id = MockApi.version(entry.version());
            if (variables.path("version").isTextual()
                    && !variables.path("version").asText().equals(id)) {
                continue;
            }
            edges.addObject()
                    .put("cursor", String.valueOf(index))
                    .putObject("node")
                    .put("version", id)
                    .put("kind", entry.kind())
                    .put("by", entry.by())
                    .put("reason", entry.reason())
                    .put("at", at(index).toString())
                    .put("recordedAt", at(index).toString());
        }
        connection.putObject("pageInfo").put("hasNextPage", index >= 0).put("endCursor", String.valueOf(index + 1));
    }

    private void enter(int version, String state, String kind, @Nullable String by, @Nullable String reason) {
        states.put(version, state);
        if (reason != null && !state.equals("PROMOTING")) {
            reasons.put(version, reason);
        } else {
            reasons.remove(version);
        }
        history.add(new Entry(version, kind, by, reason));
    }

    private static Instant at(int index) {
        return MockMarket.time(60 * index);
    }
}
