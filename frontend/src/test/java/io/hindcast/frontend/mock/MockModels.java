package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Models and versions of a {@link MockMarket}. */
final class MockModels {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MockMarket market;
    final MockRegistry registry = new MockRegistry();
    private volatile int versions = 3;
    private volatile boolean expired;

    MockModels(MockMarket market) {
        this.market = market;
    }

    int versions() {
        return versions;
    }

    void versions(int count) {
        versions = count;
    }

    void expired() {
        expired = true;
    }

    /** Returns the slot of a live version. */
    String slot(int version) {
        return version == 1 ? "BASELINE" : version == versions ? "CURRENT" : "PREVIOUS";
    }

    /** Answers the models, and their versions. */
    void models(ObjectNode data, MockNews news) {
        ArrayNode models = data.putArray("models");
        ObjectNode model = models.addObject();
        model.put("__typename", "Model")
                .put("id", "lightgbm:" + MockApi.SYMBOL)
                .put("family", "LIGHTGBM")
                .put("symbol", MockApi.SYMBOL);
        model.set("pin", registry.pin(versions));
        policy(model);
        ArrayNode list = model.putArray("versions");
        for (int version : registry.numbers().reversed()) {
            list.add(versionFacts(version));
        }
        for (int version = versions; version >= 1; version--) {
            list.add(versionFacts(version));
        }
        if (versions > 0) {
            news.model(models, this::versionFacts);
        }
    }

    private static void policy(ObjectNode model) {
        model.putObject("promotionPolicy")
                .put("mode", "GATED")
                .put("constantMargin", 0.02)
                .put("championMargin", 0.005);
    }

    /** Answers the slots as of a moment: a day before the newest bar, each version was a slot further on. */
    void slots(ObjectNode data) {
        ArrayNode slots = data.putArray("slots");
        for (int number = 1; number < versions; number++) {
            slots.addObject()
                    .put("model", "lightgbm:" + MockApi.SYMBOL)
                    .put("slot", number == 1 ? "BASELINE" : "CURRENT")
                    .put("version", MockApi.version(number))
                    .put("from", trainedAt(number).toString())
                    .put("to", number == 1 ? null : trainedAt(number + 1).toString());
        }
    }

    private Instant trainedAt(int number) {
        return MockMarket.time(Math.max(0, market.size() - 1_440 * (versions - Math.min(number, versions) + 1)));
    }

    /** Returns the open time of the last bar that a version has seen in training. */
    Instant inSampleTo(int number) {
        return trainedAt(number).minus(6, ChronoUnit.DAYS);
    }

    private ObjectNode versionFacts(int number) {
        Instant trained = trainedAt(number);
        String state = registry.state(number);
        ObjectNode facts = JSON.createObjectNode();
        facts.put("__typename", "ModelVersion")
                .put("id", MockApi.version(number))
                .put("number", number)
                .put("state", state == null ? "LIVE" : state)
                .put("slot", state == null ? slot(number) : null)
                .put("trainedAt", trained.toString())
                .put("expiresAt", trained.plus(7, ChronoUnit.DAYS).toString())
                .put("expired", expired && number == versions)
                .put("scorer", "flat-trees 1")
                .put("artifactDigest", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                .put("artifactBytes", 1_843_221)
                .put("featureSet", "price-v1")
                .put("featureSetHash", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752");
        facts.put("reason", registry.reason(number)).put("trainingRun", MockApi.SYMBOL + "/" + number + "/lightgbm/1");
        if (state == null || state.equals("ARCHIVED") || state.equals("PURGED")) {
            backfill(facts, trained);
        } else {
            facts.putNull("backfill");
        }
        facts.putObject("label").put("horizonBars", 1).put("thresholdPercent", 0.015);
        ObjectNode evaluation = facts.putObject("evaluation");
        evaluation
                .put("rows", 8_640)
                .put("accuracy", 0.4412 + 0.004 * number)
                .put("macroF1", 0.4021)
                .put("mcc", 0.0913)
                .put("logLoss", 1.0512)
                .put("constantLogLoss", 1.0854)
                .put("calibrationError", 0.0182)
                .put("profitBeforeFees", 0.0412)
                .put("profitAfterFees", -0.2134)
                .put("trades", 2_871)
                .put("feeRate", 0.001);
        int[][] confusion = {{1_204, 611, 998}, {702, 1_301, 733}, {961, 640, 1_490}};
        evaluation.putNull("degenerate");
        comparison(evaluation, number);
        ArrayNode rows = evaluation.putArray("confusion");
        for (int[] row : confusion) {
            ArrayNode cells = rows.addArray();
            for (int count : row) {
                cells.add(count);
            }
        }
        ArrayNode baselines = evaluation.putArray("baselines");
        baselines
                .addObject()
                .put("name", "majority-class")
                .put("accuracy", 0.3581)
                .put("macroF1", 0.1758)
                .put("profitAfterFees", -0.0021);
        baselines
                .addObject()
                .put("name", "previous-sign")
                .put("accuracy", 0.3402)
                .put("macroF1", 0.3391)
                .put("profitAfterFees", -0.6103);
        baselines
                .addObject()
                .put("name", "buy-and-hold")
                .put("accuracy", 0.3581)
                .put("macroF1", 0.1758)
                .put("profitAfterFees", -0.0312);
        ObjectNode provenance = facts.putObject("provenance");
        provenance
                .put("datasetDigest", "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")
                .put("datasetPosition", "BTCUSDT:1m:2022-01-30 @ 12")
                .put("dataFrom", MockMarket.FIRST.toString())
                .put("inSampleTo", inSampleTo(number).toString())
                .put("trainRows", 34_560)
                .put("validationRows", 4_320)
                .put("seed", 42)
                .put("platform", "Linux amd64, Java 25");
        ArrayNode parameters = provenance.putArray("parameters");
        for (String[] p : new String[][] {
            {"learning_rate", "0.05"},
            {"num_leaves", "31"},
            {"min_data_in_leaf", "100"},
            {"class_weights", "balanced"},
            {"early_stopping", "30"}
        }) {
            parameters.addObject().put("name", p[0]).put("value", p[1]);
        }
        provenance.putArray("libraries").addObject().put("name", "lightgbm4j").put("value", "4.3.0-1");
        return facts;
    }

    private static void backfill(ObjectNode facts, Instant trained) {
        facts.putObject("backfill")
                .put("state", "COMPLETE")
                .putNull("reason")
                .put("pendingAt", trained.toString())
                .put("begunAt", trained.toString())
                .put("from", MockMarket.FIRST.toString())
                .put("to", trained.toString())
                .put("days", 30)
                .put("daysDone", 30)
                .put("predictions", 43_200)
                .put("endedAt", trained.plusSeconds(60).toString())
                .putObject("wall")
                .put("requested", trained.toString())
                .put("begun", trained.plusSeconds(1).toString())
                .put("ended", trained.plusSeconds(20).toString());
    }

    /** Compares a version with the third, which it is worse than if it is not live. */
    private void comparison(ObjectNode evaluation, int number) {
        if (number <= 2) {
            evaluation.putNull("comparison");
            return;
        }
        int champion = number == 3 ? 2 : 3;
        evaluation
                .putObject("comparison")
                .put("champion", MockApi.version(champion))
                .put("rows", 8_640)
                .put("meanDifference", number == 3 ? -0.0041 : 0.0132)
                .put("lowerBound", number == 3 ? -0.0093 : 0.0081)
                .put("pValue", 0.004)
                .put("from", inSampleTo(number).toString())
                .put("to", trainedAt(number).toString());
    }
}
