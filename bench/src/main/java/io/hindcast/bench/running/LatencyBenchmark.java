package io.hindcast.bench.running;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Latency from a closed candle to its prediction on a GraphQL subscription, with the exchange simulator at 1 and at 200
 * candles per second. It is measured from the arrival of the closed candle at a second client of the exchange's stream
 * to the arrival of the prediction at a subscriber. Two commits lie in between: the candle's and the prediction's. The
 * yardstick is one commit of a row of that size by plain JDBC on the same database in the same run.
 *
 * <p>The platform and both clients share this machine's cores.
 */
public final class LatencyBenchmark {

    private static final double TRAINING_SPEED = 20;
    private static final int WARM_UP_SECONDS = 20;
    private static final int COMMITS = 2_000;

    /** Seconds of measurement by speed in candles per second. */
    private static final Map<Double, Integer> SPEEDS = Map.of(1.0, 120, 200.0, 30);

    private final Map<Long, Long> closed = new ConcurrentHashMap<>();
    private final Map<Long, Long> candles = new ConcurrentHashMap<>();
    private final Map<Long, Long> predictions = new ConcurrentHashMap<>();

    private LatencyBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        try (RunningDemo demo = new RunningDemo(7, 7, TRAINING_SPEED)) {
            demo.awaitLive();
            new LatencyBenchmark().run(demo);
        }
    }

    @SuppressWarnings("try") // the sockets need only be open
    private void run(RunningDemo demo) throws Exception {
        String symbol = RunningDemo.SYMBOL;
        try (TimedWebSocket exchange = TimedWebSocket.open(
                        demo.http,
                        demo.exchange().streamUrl().resolve("/ws/" + symbol.toLowerCase(Locale.ROOT) + "@kline_1m"),
                        "",
                        (message, now) -> {
                            if (message.at("/k/x").asBoolean()) {
                                closed.put(message.at("/k/t").asLong(), now);
                            }
                        });
                TimedWebSocket seenCandles = subscribe(
                        demo,
                        "candleRecorded(symbol: \"" + symbol + "\") { candle { openTime close } revision }",
                        (data, now) -> candles.put(openTime(data.at("/candleRecorded/candle")), now));
                TimedWebSocket seenPredictions = subscribe(
                        demo,
                        "predictionsRecorded(symbol: \"" + symbol
                                + "\") { predictions { version openTime signal sell hold buy } }",
                        (data, now) -> data.at("/predictionsRecorded/predictions")
                                .forEach(prediction -> predictions.put(openTime(prediction), now)))) {
            for (double speed : SPEEDS.keySet().stream().sorted().toList()) {
                demo.exchange().speed(speed);
                Thread.sleep(WARM_UP_SECONDS * 1000L);
                closed.clear();
                Thread.sleep(SPEEDS.getOrDefault(speed, 0) * 1000L);
                Map<Long, Long> measured = Map.copyOf(closed);
                // Includes messages that are still on their way.
                Thread.sleep(2_000);
                Percentiles commit = commits(demo);
                report(speed, "candle", measured, candles, commit);
                report(speed, "prediction", measured, predictions, commit);
                System.out.printf("    yardstick: one commit %s%n", commit);
            }
        }
    }

    private static void report(
            double speed, String subject, Map<Long, Long> from, Map<Long, Long> to, Percentiles yardstick) {
        long[] nanos = from.entrySet().stream()
                .filter(entry -> to.containsKey(entry.getKey()))
                .mapToLong(entry -> Math.max(0, to.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .toArray();
        Percentiles times = Percentiles.ofNanos(nanos);
        System.out.printf(
                "%s candles per second: closed candle to %s on a subscription %s; %s; %d missing%n",
                speed, subject, times, times.against(yardstick), from.size() - nanos.length);
    }

    private static TimedWebSocket subscribe(RunningDemo demo, String field, BiConsumer<JsonNode, Long> take) {
        TimedWebSocket socket =
                TimedWebSocket.open(demo.http, demo.at("ws", "/graphql"), "graphql-transport-ws", (message, now) -> {
                    if (message.path("type").asText().equals("next")) {
                        take.accept(message.at("/payload/data"), now);
                    }
                });
        socket.send("{\"type\":\"connection_init\"}");
        socket.send("{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription { "
                + field.replace("\"", "\\\"") + " }\"}}");
        return socket;
    }

    private static long openTime(JsonNode node) {
        return Instant.parse(node.path("openTime").asText()).toEpochMilli();
    }

    private static Percentiles commits(RunningDemo demo) throws SQLException {
        long[] nanos = new long[COMMITS];
        try (Connection connection = demo.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists bench_yardstick (id bigint primary key, payload bytea)");
            statement.execute("truncate bench_yardstick");
            connection.setAutoCommit(false);
            byte[] payload = new byte[500];
            try (PreparedStatement insert = connection.prepareStatement("insert into bench_yardstick values (?, ?)")) {
                for (int i = 0; i < COMMITS; i++) {
                    long begun = System.nanoTime();
                    insert.setLong(1, i);
                    insert.setBytes(2, payload);
                    insert.executeUpdate();
                    connection.commit();
                    nanos[i] = System.nanoTime() - begun;
                }
            }
            connection.setAutoCommit(true);
        }
        return Percentiles.ofNanos(nanos);
    }
}
