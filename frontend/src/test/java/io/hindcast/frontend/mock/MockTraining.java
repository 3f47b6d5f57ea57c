package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Training cycles of a {@link MockMarket}: each version's own, older ones on request, and a running one. */
final class MockTraining {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant WALL = Instant.parse("2026-01-31T12:00:00Z");
    private static final String DIGEST = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private static final String FAILURE =
            "the worker ran out of memory; its log ends: step 410, validation-loss 0.9071 / java.lang.OutOfMemoryError:"
                    + " Java heap space. Raise hindcast.training.memory.";

    private final MockMarket market;
    private final Instant started = Instant.now();
    private volatile int ended = 3;
    private volatile boolean running;
    private volatile int steps = 40;
    private volatile @Nullable String cancelled;
    private volatile @Nullable String repeated;

    MockTraining(MockMarket market) {
        this.market = market;
    }

    /** Sets the number of cycles that have ended. */
    void ended(int count) {
        ended = count;
    }

    void running(boolean now) {
        running = now;
    }

    /** Sets the number of steps that the running LightGBM run has reported. */
    void steps(int count) {
        steps = count;
    }

    int number() {
        return ended + 1;
    }

    /** Begins a cycle, unless one runs, and answers with it. */
    ObjectNode request() {
        running = true;
        return cycle(number());
    }

    /** Begins a cycle that repeats a run, and answers with its number. */
    int repeat(String run) {
        repeated = run;
        running = true;
        return number();
    }

    /** Cancels the running cycle. */
    int cancel(String reason) {
        int number = number();
        cancelled = reason;
        running = false;
        ended = number;
        return number;
    }

    /** Answers a page of cycles, newest first; a cursor is a cycle's number. */
    void cycles(ObjectNode data, JsonNode variables) {
        int newest = running ? number() : ended;
        int before = variables.path("after").isTextual()
                ? Integer.parseInt(variables.path("after").asText())
                : newest + 1;
        int last = Math.max(1, before - variables.path("first").asInt(1));
        ObjectNode connection = data.putObject("trainingCycles");
        ArrayNode edges = connection.putArray("edges");
        for (int number = before - 1; number >= last; number--) {
            edges.addObject().put("cursor", String.valueOf(number)).set("node", cycle(number));
        }
        connection.putObject("pageInfo").put("hasNextPage", last > 1).put("endCursor", String.valueOf(last));
    }

    private ObjectNode cycle(int number) {
        boolean runs = number > ended;
        boolean stopped = number == ended && cancelled != null;
        Instant at = MockMarket.time(Math.max(0, market.size() - 1_500));
        Instant wall = runs ? started.minusSeconds(95) : WALL.plusSeconds(3_600L * number);
        ObjectNode cycle = JSON.createObjectNode();
        cycle.put("__typename", "TrainingCycle")
                .put("symbol", MockApi.SYMBOL)
                .put("number", number)
                .put("reason", number == 1 ? "first" : "scheduled")
                .put("state", runs ? "RUNNING" : stopped ? "CANCELLED" : "SUCCEEDED")
                .put("repeats", runs ? repeated : null)
                .put("note", stopped ? cancelled : null)
                .put("requestedAt", at.toString())
                .put("endedAt", runs ? null : at.plusSeconds(9_000).toString())
                .put("dataFrom", MockMarket.FIRST.toString())
                .put("dataTo", at.toString())
                .put("rentalCost", number == 2 ? "0.41" : "0");
        cycle.putObject("dataset")
                .put("digest", DIGEST)
                .put("position", "BTCUSDT:1m:2022-01-30@12")
                .put("rows", 38_880)
                .put("bars", 40_320)
                .put("articles", 412)
                .put("features", "price-v1");
        wall(cycle, wall, 6L, runs ? null : 151L);
        ArrayNode list = cycle.putArray("runs");
        if (number == 2) {
            list.add(run(number, "lightgbm", 1, "FAILED", wall.plusSeconds(6), 2L, 20L));
            list.add(run(number, "lightgbm", 2, "SUCCEEDED", wall.plusSeconds(26), 2L, 41L));
        } else if (runs && repeated != null) {
            list.add(run(number, "lightgbm", 1, "RUNNING", wall.plusSeconds(6), 2L, null));
            return cycle;
        } else {
            list.add(run(number, "lightgbm", 1, stopped ? "FAILED" : "SUCCEEDED", wall.plusSeconds(6), 2L, 41L));
        }
        list.add(run(
                number,
                "trl",
                1,
                runs ? "RUNNING" : stopped ? "FAILED" : "SUCCEEDED",
                wall.plusSeconds(6),
                44L,
                runs ? null : 140L));
        if (runs) {
            list.add(run(number, "tst", 1, "WAITING", wall.plusSeconds(6), null, null));
        }
        return cycle;
    }

    private ObjectNode run(
            int cycle,
            String family,
            int attempt,
            String state,
            Instant queued,
            @Nullable Long begun,
            @Nullable Long ended) {
        ObjectNode run = JSON.createObjectNode();
        String id = MockApi.SYMBOL + "/" + cycle + "/" + family + "/" + attempt;
        run.put("__typename", "TrainingRun")
                .put("id", id)
                .put("family", family.toUpperCase(java.util.Locale.ROOT))
                .put("attempt", attempt)
                .put("state", state)
                .put("startedAt", MockMarket.FIRST.toString())
                .put("endedAt", ended == null ? null : MockMarket.FIRST.toString())
                .put("reason", state.equals("FAILED") ? FAILURE : null)
                .put("version", state.equals("SUCCEEDED") ? family + ":" + MockApi.SYMBOL + ":" + cycle : null)
                .put("artifactDigest", state.equals("SUCCEEDED") ? DIGEST : null)
                .putNull("reproduced");
        ArrayNode rentals = run.putArray("rentals");
        if (cycle == 2 && attempt == 2) {
            rental(rentals.addObject(), id, queued);
        }
        wall(run, queued, begun, ended);
        if (begun == null) {
            run.putNull("machine");
        } else {
            run.putObject("machine")
                    .put("provider", "local")
                    .put("name", "hindcast-" + id.replace('/', '-').toLowerCase(java.util.Locale.ROOT))
                    .put("launches", 1);
        }
        ArrayNode parameters = run.putArray("parameters");
        ArrayNode curves = run.putArray("learningCurves");
        if (begun != null) {
            parameters.addObject().put("name", "learning_rate").put("value", "0.05");
            parameters.addObject().put("name", "num_leaves").put("value", "31");
            curve(curves, "train-loss", 1.10, 0.35);
            curve(curves, "validation-loss", 1.10, 0.20);
            curve(curves, "train-accuracy", 0.34, -0.25);
            curve(curves, "validation-accuracy", 0.34, -0.12);
        }
        return run;
    }

    private static void rental(ObjectNode rental, String run, Instant from) {
        rental.put("id", run + "#1")
                .put("gpu", "RTX 3090")
                .put("contract", 4_711)
                .put("pricePerHour", "0.21")
                .put("reserved", "0.63")
                .put("from", from.toString())
                .put("to", from.plusSeconds(7_000).toString())
                .put("cost", "0.41")
                .put("reason", "the run ended");
    }

    /** Answers the report of the running run's worker. */
    void report(ObjectNode data) {
        ObjectNode report = data.putObject("runReport");
        report.put("activity", "training")
                .put("done", 2)
                .put("of", 8)
                .put("unit", "epochs")
                .put("note", "step 31 of 64")
                .put("age", 1.5);
        report.putArray("log")
                .add("12:00:03 INFO training")
                .add("12:01:40 INFO 2 of 8 epochs, validation loss 0.98211");
    }

    /** Answers the money for rented machines. */
    void budget(ObjectNode data, JsonNode variables) {
        data.putObject("rentalBudget")
                .put("month", variables.path("month").asText())
                .put("spent", "0.41")
                .put("reserved", "0.63")
                .put("monthLimit", "20")
                .put("cycleLimit", "2");
    }

    /** Adds a curve that falls towards {@code start - depth}, or rises for a negative depth. */
    private void curve(ArrayNode curves, String metric, double start, double depth) {
        ObjectNode curve = curves.addObject().put("metric", metric);
        ArrayNode at = curve.putArray("steps");
        ArrayNode values = curve.putArray("values");
        for (int step = 1; step <= steps; step++) {
            at.add(step * 10);
            values.add(start - depth * (1 - Math.exp(-step / 12.0)));
        }
    }

    private static void wall(ObjectNode node, Instant requested, @Nullable Long begun, @Nullable Long ended) {
        node.putObject("wall")
                .put("requested", requested.toString())
                .put(
                        "begun",
                        begun == null ? null : requested.plusSeconds(begun).toString())
                .put(
                        "ended",
                        ended == null ? null : requested.plusSeconds(ended).toString());
    }
}
