package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;

/** Comparisons of versions, with fixed scores. */
final class MockComparison {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode estimate(double value, double reach) {
        return JSON.createObjectNode()
                .put("value", value)
                .put("low", value - reach)
                .put("high", value + reach)
                .put("beyondChance", Math.abs(value) > reach);
    }

    private static ObjectNode scores(double accuracy) {
        return JSON.createObjectNode()
                .put("rows", 10_079)
                .put("accuracy", accuracy)
                .put("macroF1", accuracy - 0.02)
                .put("logLoss", 1.5 - accuracy)
                .put("brier", 1.05 - accuracy)
                .put("calibrationError", 0.0214);
    }

    private static ObjectNode side(JsonNode of, String version, String kind, String from, double accuracy) {
        ObjectNode side = JSON.createObjectNode()
                .put("version", of.path(version).asText())
                .put("kind", of.path(kind).asText("LIVE"))
                .put("from", of.path(of.path(from).isTextual() ? from : "from").asText())
                .put("to", of.path("to").asText())
                .put("predictions", 10_080)
                .put("profitBeforeFees", 0.0512)
                .put("trades", 912);
        side.set("scores", scores(accuracy));
        side.set("accuracy", estimate(accuracy, 0.01));
        side.set("profitAfterFees", estimate(-0.2, 0.1));
        side.putObject("baselines")
                .put("majorityAccuracy", 0.3901)
                .put("majorityMacroF1", 0.187)
                .put("previousSignAccuracy", 0.3144)
                .put("previousSignMacroF1", 0.3012)
                .put("constantLogLoss", 1.0911)
                .put("constantBrier", 0.6602)
                .put("previousSignProfit", -0.93)
                .put("buyAndHoldProfit", 0.0312);
        return side;
    }

    /**
     * Answers a comparison in which the first version is right no more often, has the lower log loss and earns more.
     */
    void comparison(ObjectNode data, JsonNode variables) {
        JsonNode of = variables.path("of");
        boolean twice = of.path("otherFrom").isTextual();
        ObjectNode comparison = data.putObject("comparison").put("feeRate", 0.001);
        comparison.set("first", side(of, "version", "kind", "from", 0.42));
        comparison.set("other", side(of, "other", "otherKind", "otherFrom", 0.415));
        if (twice) {
            comparison.putNull("agreement");
        } else {
            ObjectNode agreement = comparison
                    .putObject("agreement")
                    .put("same", 8_000)
                    .put("bothRight", 3_500)
                    .put("onlyFirst", 720)
                    .put("onlyOther", 680)
                    .put("bothWrong", 5_179);
            ArrayNode signals = agreement.putArray("signals");
            int[][] counts = {{2_000, 300, 200}, {400, 4_000, 500}, {100, 579, 2_000}};
            for (int[] row : counts) {
                ArrayNode cells = signals.addArray();
                for (int count : row) {
                    cells.add(count);
                }
            }
        }
        ObjectNode scores = comparison.putObject("scores");
        scores.set("accuracy", estimate(0.005, 0.01));
        scores.set("logLoss", estimate(-0.02, 0.01));
        scores.set("brier", estimate(-0.01, 0.004));
        if (twice) {
            scores.putNull("tests");
        } else {
            scores.putObject("tests")
                    .put("mcNemarExact", false)
                    .put("mcNemar", 0.41)
                    .put("dieboldMariano", 0.0021)
                    .put("lag", 11);
        }
        comparison.set("profit", estimate(0.12, 0.05));
        comparison
                .putObject("bootstrap")
                .put("meanBlock", 101)
                .put("resamples", 1_000)
                .put("confidence", 0.95);
    }

    /** Answers bars on which the versions differ, of which there are two pages. */
    void disagreements(ObjectNode data, JsonNode variables) {
        int skip = variables.path("after").isTextual() ? 50 : 0;
        Instant from = Instant.parse(variables.at("/of/from").asText());
        ObjectNode connection = data.putObject("disagreements");
        ArrayNode edges = connection.putArray("edges");
        for (int i = skip; i < skip + 50; i++) {
            edges.addObject()
                    .put("cursor", String.valueOf(i + 1))
                    .putObject("node")
                    .put("openTime", from.plusSeconds(420L * i).toString())
                    .put("signal", i % 2 == 0 ? "BUY" : "HOLD")
                    .put("confidence", 0.45)
                    .put("other", "SELL")
                    .put("otherConfidence", 0.51)
                    .put("outcome", i % 3 == 0 ? "BUY" : "SELL")
                    .put("otherOutcome", i % 3 == 0 ? "BUY" : "SELL");
        }
        connection.putObject("pageInfo").put("hasNextPage", skip == 0).put("endCursor", "50");
    }

    /** Answers fourteen days of scores: reconciled ones, then live ones. */
    void rolling(ObjectNode data, JsonNode variables) {
        ObjectNode rolling = data.putObject("rollingScores")
                .put("version", variables.path("version").asText());
        ArrayNode series = rolling.putArray("series");
        for (String kind : new String[] {"LIVE", "RECONCILED"}) {
            ArrayNode windows = series.addObject().put("kind", kind).putArray("windows");
            LocalDate first = LocalDate.of(2022, 4, kind.equals("LIVE") ? 4 : 1);
            for (int day = 0; day < (kind.equals("LIVE") ? 7 : 3); day++) {
                ObjectNode window = windows.addObject()
                        .put("lastDay", first.plusDays(day).toString())
                        .put("majorityAccuracy", 0.39 + 0.002 * day)
                        .put("constantLogLoss", 1.09)
                        .put("profitAfterFees", 0.01 * day - 0.03)
                        .put("buyAndHoldProfit", 0.002 * day);
                window.set("scores", scores(0.4 + 0.005 * day));
            }
        }
    }

    /** Answers a coverage curve of ten confidences, of which the seventh is chosen. */
    void coverage(ObjectNode data, JsonNode variables) {
        ObjectNode curve = data.putObject("coverage").put("chosen", 6);
        for (String name : new String[] {"version", "from", "testFrom", "to"}) {
            curve.put(name, variables.path(name).asText());
        }
        for (String part : new String[] {"validation", "test"}) {
            ArrayNode points = curve.putArray(part);
            for (int i = 0; i < 10; i++) {
                ObjectNode point = points.addObject()
                        .put("confidence", 0.36 + 0.02 * i)
                        .put("taken", 5_000 - 500 * i)
                        .put("coverage", 1 - 0.1 * i)
                        .put("majorityAccuracy", 0.39)
                        .put("buyAndHoldProfit", 0.0144)
                        .put("trades", 400 - 40 * i);
                point.set("accuracy", estimate(0.41 + 0.01 * i, 0.012));
                point.set("profitAfterFees", estimate(0.03 - 0.001 * (i - 6) * (i - 6), 0.03));
            }
        }
    }
}
