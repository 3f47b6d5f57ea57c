package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mock of the GraphQL API that answers each operation of the dashboard from a {@link MockMarket} and some switches.
 */
public final class MockApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    public static final String SYMBOL = "BTCUSDT";

    /** An operation that was requested. */
    public record Request(String operation, JsonNode variables) {}

    private record Gap(int from, int to, String state) {}

    public final MockMarket market;
    public final MockNews news;
    private final MockModels models;
    private final MockTraining training;
    private final MockPredictions predictions;
    private final MockChart chart;
    private final MockComparison comparison = new MockComparison();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> errors = new ConcurrentHashMap<>();
    private final List<Gap> gaps = new CopyOnWriteArrayList<>();
    private volatile boolean synthetic;
    private volatile boolean live = true;
    private volatile int behindSeconds;
    private final List<ObjectNode> outages = new CopyOnWriteArrayList<>();

    public MockApi(MockMarket market) {
        this.market = market;
        news = new MockNews(market);
        models = new MockModels(market);
        training = new MockTraining(market);
        predictions = new MockPredictions(market, models);
        chart = new MockChart(market, models);
    }

    public MockApi synthetic() {
        synthetic = true;
        return this;
    }

    public MockApi importing() {
        live = false;
        return this;
    }

    /** Sets the number of live versions, 0 to 3. */
    public MockApi versions(int count) {
        models.versions(count);
        training.ended(count);
        return this;
    }

    public MockApi expired() {
        models.expired();
        return this;
    }

    public MockApi training(boolean running) {
        training.running(running);
        return this;
    }

    /** Sets the number of training cycles that have ended, by default one a version. */
    public MockApi cycles(int ended) {
        training.ended(ended);
        return this;
    }

    /** Sets the number of steps that the running cycle's LightGBM run has reported. */
    public MockApi steps(int count) {
        training.steps(count);
        return this;
    }

    /** Sets the market's clock some seconds past the close of the newest bar. */
    public MockApi behind(int seconds) {
        behindSeconds = seconds;
        return this;
    }

    /** Adds a LightGBM version in each state that is not live: 4 declined, 5 archived, 6 abandoned, 7 purged. */
    public MockApi registry() {
        models.registry.fill();
        return this;
    }

    /** Limits a version's evaluation to the newest days of a period. */
    public MockApi evaluatedDays(int version, int days) {
        predictions.evaluatedDays(version, days);
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

    /** Answers an operation with an error until {@link #mend}. */
    public MockApi fail(String operation, String message) {
        errors.put(operation, message);
        return this;
    }

    public MockApi mend(String operation) {
        errors.remove(operation);
        return this;
    }

    public List<Request> requests(String operation) {
        return requests.stream().filter(a -> a.operation().equals(operation)).toList();
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
                case "ChartWindow" -> {
                    chart.window(data, variables);
                    data.set("market", facts());
                }
                case "Gaps" -> gaps(data);
                case "Lanes" -> {
                    models.models(data, news);
                    training.cycles(data, variables);
                }
                case "Compare" -> comparison.comparison(data, variables);
                case "Disagreements" -> comparison.disagreements(data, variables);
                case "Rolling" -> comparison.rolling(data, variables);
                case "Coverage" -> comparison.coverage(data, variables);
                case "Models",
                        "VersionChoices",
                        "CompareChoices",
                        "NewsReaders",
                        "CycleVersions",
                        "PromotionPolicies" -> models.models(data, news);
                case "LatestSignals", "PredictionPage", "BarOpinions" -> predictions.predictions(data, variables);
                case "Performance" -> predictions.performance(data, variables);
                case "ArticlePage", "LastScores" -> news.page(data, variables);
                case "ArticleText" -> news.one(data, variables);
                case "NewsWindow" -> news.window(data, variables, MockChart.stepOf(variables));
                case "TrainingCycles", "CycleRuns" -> training.cycles(data, variables);
                case "RunReport" -> training.report(data);
                case "RentalBudget" -> training.budget(data, variables);
                case "RequestTraining" -> data.set("requestTraining", training.request());
                case "SlotsAsOf" -> models.slots(data);
                case "ModelHistory" -> models.registry.history(data, variables, models.versions());
                case "PromoteVersion", "RollBackVersion", "PinVersion", "UnpinVersion", "ArchiveVersion" ->
                    data.put(
                            Character.toLowerCase(operation.charAt(0)) + operation.substring(1),
                            models.registry.decide(operation, variables));
                case "RequestBackfill" -> data.set("requestBackfill", variables.path("version"));
                case "RepeatTraining" ->
                    data.put(
                            "repeatTraining",
                            training.repeat(variables.path("run").asText()));
                case "CancelTraining" ->
                    data.put(
                            "cancelTraining",
                            training.cancel(variables.path("reason").asText()));
                default -> throw new IllegalArgumentException("no answer to " + operation);
            }
        }
        requests.add(new Request(operation, variables));
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

    static final String[] NAMES = {"SELL", "HOLD", "BUY"};

    public static String version(int number) {
        return "lightgbm:" + SYMBOL + ":" + number;
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

    /** Returns a prediction of a version about a minute. */
    public ObjectNode prediction(int version, int minute, int signal) {
        return predictions.prediction(version, minute, signal);
    }

    /** Returns a recorded candle as the subscription sends it. */
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
