package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each operation of the dashboard from a {@link MockMarket} and a few switches. */
public final class MockApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    public static final String SYMBOL = "BTCUSDT";

    /** An operation that was asked. */
    public record Asked(String operation, JsonNode variables) {}

    private record Gap(int from, int to, String state) {}

    public final MockMarket market;
    public final MockNews news;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> errors = new ConcurrentHashMap<>();
    private final List<Gap> gaps = new CopyOnWriteArrayList<>();
    private volatile boolean synthetic;
    private volatile boolean live = true;
    private volatile int versions = 3;
    private volatile boolean expired;
    private volatile boolean training;
    private volatile int behindSeconds;
    private final Map<Integer, Integer> judgedDays = new ConcurrentHashMap<>();
    private final List<ObjectNode> outages = new CopyOnWriteArrayList<>();

    public MockApi(MockMarket market) {
        this.market = market;
        news = new MockNews(market);
    }

    public MockApi synthetic() {
        synthetic = true;
        return this;
    }

    public MockApi importing() {
        live = false;
        return this;
    }

    /** How many versions are live: 0 to 3. */
    public MockApi versions(int count) {
        versions = count;
        return this;
    }

    public MockApi expired() {
        expired = true;
        return this;
    }

    public MockApi training(boolean running) {
        training = running;
        return this;
    }

    /** Moves the market's clock on by so many seconds beyond the newest bar's close. */
    public MockApi behind(int seconds) {
        behindSeconds = seconds;
        return this;
    }

    /** Lets a version have been judged on the newest days of a period only. */
    public MockApi judged(int version, int days) {
        judgedDays.put(version, days);
        return this;
    }

    public MockApi outage(String part, String severity, String problem, String remedy) {
        outages.add(JSON.createObjectNode()
                .put("part", part)
                .put("severity", severity)
                .put("problem", problem)
                .put("remedy", remedy)
                .put("since", "2026-01-31T12:34:00Z"));
        return this;
    }

    public MockApi noOutages() {
        outages.clear();
        return this;
    }

    public MockApi gap(int from, int to, String state) {
        gaps.add(new Gap(from, to, state));
        if (!state.equals("REPAIRED")) {
            market.leaveOut(from, to);
        }
        return this;
    }

    /** From now on this operation is answered by an error. */
    public MockApi fail(String operation, String message) {
        errors.put(operation, message);
        return this;
    }

    public MockApi mend(String operation) {
        errors.remove(operation);
        return this;
    }

    public List<Asked> asked(String operation) {
        return asked.stream().filter(a -> a.operation().equals(operation)).toList();
    }

    byte[] answer(JsonNode request) {
        String operation = DashboardServer.operationName(request);
        JsonNode variables = request.path("variables");
        ObjectNode answer = JSON.createObjectNode();
        String error = errors.get(operation);
        if (error != null) {
            answer.putNull("data");
            answer.putArray("errors")
                    .addObject()
                    .put("message", error)
                    .putObject("extensions")
                    .put("code", "REFUSED_HERE");
        } else {
            ObjectNode data = answer.putObject("data");
            switch (operation) {
                case "Shell" -> shell(data);
                case "Clock" -> clock(data);
                case "Outages" -> data.putArray("outages").addAll(outages);
                case "ChartWindow" -> window(data, variables);
                case "Gaps" -> gaps(data);
                case "Lanes", "Models", "VersionChoices", "NewsReaders" -> models(data);
                case "LatestSignals", "PredictionPage" -> predictions(data, variables);
                case "Performance" -> performance(data, variables);
                case "ArticlePage" -> news.page(data, variables);
                case "ArticleText" -> news.one(data, variables);
                case "NewsWindow" -> news.window(data, variables, stepOf(variables));
                case "TrainingCycles" -> cycles(data);
                case "RequestTraining" -> data.set("requestTraining", cycle(4, "RUNNING"));
                default -> throw new IllegalArgumentException("no answer to " + operation);
            }
        }
        asked.add(new Asked(operation, variables));
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode facts() {
        int last = market.size() - 1;
        ObjectNode facts = JSON.createObjectNode();
        facts.put("__typename", "Market")
                .put("symbol", SYMBOL)
                .put("interval", "1m")
                .put("origin", synthetic ? "SYNTHETIC" : "ARCHIVE")
                .put("description", synthetic ? "generated, seed 7" : "archive of 2022, replayed")
                .put("firstOpenTime", MockMarket.FIRST.toString())
                .put("lastOpenTime", MockMarket.time(last).toString())
                .put("lastClose", String.valueOf(market.close(last)))
                .put("candles", market.size());
        facts.put("liveFrom", live ? MockMarket.time(Math.max(0, last - 500)).toString() : null);
        return facts;
    }

    private void shell(ObjectNode data) {
        data.putObject("platform")
                .put("name", "Hindcast")
                .put("build", "test")
                .put("synthetic", synthetic)
                .put("speed", 1.0)
                .put("reactionWindowMinutes", MockNews.WINDOW);
        data.putArray("markets").add(facts());
    }

    private void clock(ObjectNode data) {
        data.putObject("platform")
                .put(
                        "marketTime",
                        MockMarket.time(market.size())
                                .plusSeconds(behindSeconds)
                                .toString())
                .put("speed", 1.0);
    }

    private void window(ObjectNode data, JsonNode variables) {
        int from = MockMarket.minute(Instant.parse(variables.path("from").asText()));
        int to = MockMarket.minute(Instant.parse(variables.path("to").asText()));
        int step = stepOf(variables);
        ObjectNode candles = data.putObject("candles").put("bucketSeconds", step * 60);
        List<ArrayNode> columns = new ArrayList<>();
        for (String column : List.of("time", "open", "high", "low", "close", "volume")) {
            columns.add(candles.putArray(column));
        }
        List<Integer> starts = new ArrayList<>();
        for (int start = Math.floorDiv(from, step) * step; start < to; start += step) {
            if (bucket(columns, Math.max(start, from), Math.min(start + step, to), start)) {
                starts.add(start);
            }
        }
        ArrayNode series = data.putArray("signalMarkers");
        for (int version = 1; version <= versions; version++) {
            signals(series.addObject(), version, step, starts);
        }
        data.set("market", facts());
    }

    private boolean bucket(List<ArrayNode> columns, int from, int to, int start) {
        double high = Double.NEGATIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        double volume = 0;
        int first = -1;
        int last = -1;
        for (int i = from; i < to; i++) {
            if (market.has(i)) {
                first = first < 0 ? i : first;
                last = i;
                high = Math.max(high, market.high(i));
                low = Math.min(low, market.low(i));
                volume += market.volume(i);
            }
        }
        if (first < 0) {
            return false;
        }
        double[] values = {market.open(first), high, low, market.close(last), volume};
        columns.getFirst().add(MockMarket.time(start).getEpochSecond());
        for (int i = 0; i < values.length; i++) {
            columns.get(i + 1).add(Math.round(values[i] * 100) / 100.0);
        }
        return true;
    }

    private void signals(ObjectNode series, int version, int step, List<Integer> starts) {
        series.put("version", version(version)).put("slot", slot(version)).put("bucketSeconds", step * 60);
        ArrayNode time = series.putArray("time");
        List<ArrayNode> counts = List.of(series.putArray("sell"), series.putArray("hold"), series.putArray("buy"));
        ArrayNode last = series.putArray("last");
        for (int start : starts) {
            int[] said = new int[3];
            int lastSaid = 1;
            for (int i = start; i < start + step; i++) {
                if (market.has(i)) {
                    lastSaid = market.signal(version, i) + 1;
                    said[lastSaid]++;
                }
            }
            time.add(MockMarket.time(start).getEpochSecond());
            for (int k = 0; k < 3; k++) {
                counts.get(k).add(said[k]);
            }
            last.add(NAMES[lastSaid]);
        }
    }

    static final String[] NAMES = {"SELL", "HOLD", "BUY"};

    private static int stepOf(JsonNode variables) {
        int from = MockMarket.minute(Instant.parse(variables.path("from").asText()));
        int to = MockMarket.minute(Instant.parse(variables.path("to").asText()));
        return step(to - from, variables.path("maxPoints").asInt());
    }

    private static int step(int minutes, int maxPoints) {
        for (int step = 1; step <= 1_440; step++) {
            if (1_440 % step == 0 && Math.ceilDiv(minutes, step) <= maxPoints) {
                return step;
            }
        }
        return 1_440;
    }

    public static String version(int number) {
        return "lightgbm:" + SYMBOL + ":" + number;
    }

    private String slot(int version) {
        return version == 1 ? "BASELINE" : version == versions ? "CURRENT" : "PREVIOUS";
    }

    private void gaps(ObjectNode data) {
        ArrayNode edges = data.putObject("gaps").putArray("edges");
        for (Gap gap : gaps) {
            ObjectNode node = edges.addObject().putObject("node");
            node.put("from", MockMarket.time(gap.from()).toString())
                    .put("to", MockMarket.time(gap.to()).toString())
                    .put("state", gap.state())
                    .put("detectedAt", MockMarket.time(gap.to() + 2).toString());
            node.put(
                    "resolvedAt",
                    gap.state().equals("OPEN")
                            ? null
                            : MockMarket.time(gap.to() + 4).toString());
        }
    }

    private void models(ObjectNode data) {
        ArrayNode models = data.putArray("models");
        ObjectNode model = models.addObject();
        model.put("__typename", "Model")
                .put("id", "lightgbm:" + SYMBOL)
                .put("family", "LIGHTGBM")
                .put("symbol", SYMBOL);
        ArrayNode list = model.putArray("versions");
        for (int version = versions; version >= 1; version--) {
            list.add(versionFacts(version));
        }
        if (versions > 0) {
            news.model(models, this::versionFacts);
        }
        ArrayNode edges = data.putObject("trainingCycles").putArray("edges");
        edges.addObject()
                .set("node", training ? cycle(versions + 1, "RUNNING") : cycle(Math.max(1, versions), "SUCCEEDED"));
    }

    private ObjectNode versionFacts(int number) {
        Instant trained = MockMarket.time(Math.max(0, market.size() - 1_440 * (versions - number + 1)));
        ObjectNode facts = JSON.createObjectNode();
        facts.put("__typename", "ModelVersion")
                .put("id", version(number))
                .put("number", number)
                .put("state", "LIVE")
                .put("slot", slot(number))
                .put("trainedAt", trained.toString())
                .put("expiresAt", trained.plus(7, ChronoUnit.DAYS).toString())
                .put("expired", expired && number == versions)
                .put("scorer", "flat-trees 1")
                .put("artifactDigest", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                .put("artifactBytes", 1_843_221)
                .put("featureSet", "price-v1")
                .put("featureSetHash", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752");
        facts.putNull("reason");
        facts.putObject("label").put("horizonBars", 1).put("thresholdPercent", 0.015);
        ObjectNode evaluation = facts.putObject("evaluation");
        evaluation
                .put("rows", 8_640)
                .put("accuracy", 0.4412 + 0.004 * number)
                .put("macroF1", 0.4021)
                .put("mcc", 0.0913)
                .put("logLoss", 1.0512)
                .put("calibrationError", 0.0182)
                .put("profitBeforeFees", 0.0412)
                .put("profitAfterFees", -0.2134)
                .put("trades", 2_871)
                .put("feeRate", 0.001);
        int[][] confusion = {{1_204, 611, 998}, {702, 1_301, 733}, {961, 640, 1_490}};
        evaluation.putNull("degenerate");
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
                .put("inSampleTo", trained.minus(6, ChronoUnit.DAYS).toString())
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

    private void cycles(ObjectNode data) {
        ObjectNode connection = data.putObject("trainingCycles");
        ArrayNode edges = connection.putArray("edges");
        if (training) {
            edges.addObject().put("cursor", "r").set("node", cycle(versions + 1, "RUNNING"));
        }
        for (int number = versions; number >= 1; number--) {
            edges.addObject().put("cursor", String.valueOf(number)).set("node", cycle(number, "SUCCEEDED"));
        }
        connection.putObject("pageInfo").put("hasNextPage", false).putNull("endCursor");
    }

    private ObjectNode cycle(int number, String state) {
        Instant at = MockMarket.time(Math.max(0, market.size() - 1_500));
        ObjectNode cycle = JSON.createObjectNode();
        cycle.put("__typename", "TrainingCycle")
                .put("symbol", SYMBOL)
                .put("number", number)
                .put("reason", number == 1 ? "first" : "expired")
                .put("state", state)
                .put("requestedAt", at.toString())
                .put("dataFrom", MockMarket.FIRST.toString())
                .put("dataTo", at.toString());
        cycle.put("endedAt", state.equals("RUNNING") ? null : at.plusSeconds(41).toString());
        ObjectNode run = cycle.putArray("runs").addObject();
        run.put("__typename", "TrainingRun")
                .put("id", SYMBOL + "/" + number + "/lightgbm/1")
                .put("family", "LIGHTGBM")
                .put("attempt", 1)
                .put("state", state)
                .put("startedAt", at.toString());
        run.putNull("reason");
        run.put("endedAt", state.equals("RUNNING") ? null : at.plusSeconds(40).toString());
        run.put("version", state.equals("SUCCEEDED") ? version(number) : null);
        return cycle;
    }

    private void predictions(ObjectNode data, JsonNode variables) {
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
            for (int version = 1; version <= versions; version++) {
                if (market.has(minute) && (!variables.path("version").isTextual() || wanted.equals(version(version)))) {
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

    public ObjectNode prediction(int version, int minute) {
        return prediction(version, minute, market.signal(version, minute));
    }

    public ObjectNode prediction(int version, int minute, int signal) {
        double sure = 0.42 + Math.floorMod(minute * 13 + version, 20) / 100.0;
        double[] p = {(1 - sure) / 2, (1 - sure) / 2, (1 - sure) / 2};
        p[signal + 1] = sure;
        ObjectNode node = JSON.createObjectNode();
        node.put("__typename", "Prediction")
                .put("version", version(version))
                .put("openTime", MockMarket.time(minute).toString())
                .put("signal", NAMES[signal + 1])
                .put("sell", p[0])
                .put("hold", p[1])
                .put("buy", p[2])
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

    private void performance(ObjectNode data, JsonNode variables) {
        ObjectNode report = data.putObject("performance");
        double fee = variables.path("feeRate").asDouble();
        report.put("from", variables.path("from").asText())
                .put("to", variables.path("to").asText())
                .put("feeRate", fee)
                .put("buyAndHold", -0.0123);
        ArrayNode list = report.putArray("versions");
        Instant from = Instant.parse(variables.path("from").asText());
        Instant to = Instant.parse(variables.path("to").asText());
        for (int version = 1; version <= versions; version++) {
            Instant begun =
                    MockMarket.time(market.size()).minus(judgedDays.getOrDefault(version, 10_000), ChronoUnit.DAYS);
            list.addObject()
                    .put("version", version(version))
                    .put("slot", slot(version))
                    .put("judgedFrom", (begun.isAfter(from) ? begun : from).toString())
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
        }
    }

    /** A recorded candle as the subscription sends it. */
    public ObjectNode candle(int minute, int revision) {
        ObjectNode node = JSON.createObjectNode();
        node.put("revision", revision)
                .put("knownAt", MockMarket.time(minute + 1).toString());
        node.putObject("candle")
                .put("openTime", MockMarket.time(minute).toString())
                .put("open", String.valueOf(market.open(minute)))
                .put("high", String.valueOf(market.high(minute)))
                .put("low", String.valueOf(market.low(minute)))
                .put("close", String.valueOf(market.close(minute)))
                .put("volume", String.valueOf(market.volume(minute)));
        return node;
    }
}
