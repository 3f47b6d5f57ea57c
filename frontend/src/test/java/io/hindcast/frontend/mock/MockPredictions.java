package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Predictions of the versions on a {@link MockMarket}, and their performance. */
final class MockPredictions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MockMarket market;
    private final MockModels models;
    private final Map<Integer, Integer> evaluatedDays = new ConcurrentHashMap<>();

    MockPredictions(MockMarket market, MockModels models) {
        this.market = market;
        this.models = models;
    }

    /** Limits a version's evaluation to the newest days of a period. */
    void evaluatedDays(int version, int days) {
        evaluatedDays.put(version, days);
    }

    /** Answers a page of recorded predictions. */
    void predictions(ObjectNode data, JsonNode variables) {
        int from = Math.max(
                0, MockMarket.minute(Instant.parse(variables.path("from").asText())));
        int to = Math.min(
                market.size(),
                MockMarket.minute(Instant.parse(variables.path("to").asText())));
        if (variables.path("asOf").isTextual()) {
            to = Math.min(
                    to, MockMarket.minute(Instant.parse(variables.path("asOf").asText())) - 1);
        }
        int first = variables.path("first").asInt(100);
        int skip = variables.path("after").isTextual() ? variables.path("after").asInt() : 0;
        String wanted = variables.path("version").asText("");
        List<ObjectNode> all = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            for (int version = 1; version <= models.versions(); version++) {
                if (market.has(minute)
                        && (!variables.path("version").isTextual() || wanted.equals(MockApi.version(version)))) {
                    all.add(prediction(version, minute));
                }
            }
        }
        ObjectNode connection = data.putObject("predictions");
        ArrayNode edges = connection.putArray("edges");
        int end = Math.min(all.size(), skip + first);
        for (int i = skip; i < end; i++) {
            edges.addObject().put("cursor", String.valueOf(i + 1)).set("node", all.get(i));
        }
        connection.putObject("pageInfo").put("hasNextPage", end < all.size()).put("endCursor", String.valueOf(end));
    }

    ObjectNode prediction(int version, int minute) {
        return prediction(version, minute, market.signal(version, minute));
    }

    ObjectNode prediction(int version, int minute, int signal) {
        double confidence = 0.42 + Math.floorMod(minute * 13 + version, 20) / 100.0;
        double[] p = {(1 - confidence) / 2, (1 - confidence) / 2, (1 - confidence) / 2};
        p[signal + 1] = confidence;
        ObjectNode node = JSON.createObjectNode();
        node.put("__typename", "Prediction")
                .put("version", MockApi.version(version))
                .put("openTime", MockMarket.time(minute).toString())
                .put("signal", MockApi.NAMES[signal + 1])
                .put("sell", p[0])
                .put("hold", p[1])
                .put("buy", p[2])
                .put("inSample", false)
                .put("origin", minute % 50 == 0 ? "LATE" : "LIVE")
                .put("recordedAt", MockMarket.time(minute + 1).toString())
                .put("barRevision", 0)
                .put("scorer", "flat-trees 1");
        if (market.has(minute + 1)) {
            double r = market.close(minute + 1) / market.close(minute) - 1;
            node.put("outcome", r > 0.00015 ? "BUY" : r < -0.00015 ? "SELL" : "HOLD")
                    .put("outcomeReturn", r);
        } else {
            node.putNull("outcome").putNull("outcomeReturn");
        }
        return node;
    }

    /** Answers the performance report of the live versions. */
    void performance(ObjectNode data, JsonNode variables) {
        ObjectNode report = data.putObject("performance");
        double fee = variables.path("feeRate").asDouble();
        report.put("from", variables.path("from").asText())
                .put("to", variables.path("to").asText())
                .put("feeRate", fee)
                .put("buyAndHold", -0.0123);
        ArrayNode list = report.putArray("versions");
        Instant from = Instant.parse(variables.path("from").asText());
        Instant to = Instant.parse(variables.path("to").asText());
        for (int version = 1; version <= models.versions(); version++) {
            Instant start =
                    MockMarket.time(market.size()).minus(evaluatedDays.getOrDefault(version, 10_000), ChronoUnit.DAYS);
            ObjectNode node = list.addObject();
            node.put("version", MockApi.version(version))
                    .put("slot", models.slot(version))
                    .put("judgedFrom", (start.isAfter(from) ? start : from).toString())
                    .put("judgedTo", to.minusSeconds(120).toString())
                    .put("predictions", 360)
                    .put("resolved", 359)
                    .put("buy", 101 + version)
                    .put("hold", 160)
                    .put("sell", 99 - version)
                    .put("accuracy", 0.41 + 0.02 * version)
                    .put("majorityAccuracy", 0.4387)
                    .put("profitBeforeFees", 0.004 * version)
                    .put("profitAfterFees", 0.004 * version - 118 * fee)
                    .put("trades", 118)
                    .put("late", version == 2 ? 3 : 0);
            if (version == 1) {
                node.putNull("reconciled").putNull("inSample");
            } else {
                past(node.putObject("reconciled"), 1_440, 0.446);
                past(node.putObject("inSample"), 34_560, 0.712);
            }
        }
    }

    private static void past(ObjectNode past, int predictions, double accuracy) {
        past.put("predictions", predictions)
                .put("resolved", predictions)
                .put("accuracy", accuracy)
                .put("majorityAccuracy", 0.4387)
                .put("profitAfterFees", -0.12);
    }
}
