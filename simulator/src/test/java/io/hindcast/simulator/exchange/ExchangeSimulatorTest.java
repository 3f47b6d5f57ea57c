package io.hindcast.simulator.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.synthetic.SyntheticTape;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeSimulatorTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant NOW = Instant.parse("2024-01-02T00:00:30Z");

    private final SyntheticTape tape = new SyntheticTape(BTC, 1, LocalDate.of(2024, 1, 1));
    private final ExchangeSimulator simulator = new ExchangeSimulator(List.of(tape), NOW, 200).start();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @AfterEach
    void close() {
        client.shutdownNow();
        simulator.close();
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(simulator.restUrl().resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode json(String path) throws IOException {
        return json.readTree(get(path).body());
    }

    private record Heard(String text, long nanos) {}

    private List<Heard> listen(String path) throws Exception {
        List<Heard> heard = new CopyOnWriteArrayList<>();
        URI uri = simulator.streamUrl().resolve(path);
        client.newWebSocketBuilder()
                .buildAsync(uri, new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            heard.add(new Heard(text.toString(), System.nanoTime()));
                            text.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
                        socket.request(1);
                        return null;
                    }
                })
                .get(5, TimeUnit.SECONDS);
        await().until(() -> simulator.connections() > 0);
        return heard;
    }

    @Test
    void answersKlinesLikeBinance() throws IOException {
        JsonNode rows = json("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=1704067200000&limit=3");
        assertThat(rows).hasSize(3);
        JsonNode row = rows.get(0);
        Candle bar = tape.at(Instant.parse("2024-01-01T00:00:00Z")).orElseThrow();
        assertThat(row).hasSize(12);
        assertThat(row.get(0).longValue()).isEqualTo(1704067200000L);
        assertThat(row.get(1).isTextual()).isTrue();
        assertThat(row.get(1).asText()).isEqualTo(bar.open().setScale(8).toPlainString());
        assertThat(row.get(6).longValue()).isEqualTo(1704067259999L);
        assertThat(new BigDecimal(row.get(7).asText())).isEqualByComparingTo(bar.quoteVolume());
        assertThat(row.get(8).longValue()).isEqualTo(bar.trades());
        assertThat(row.get(11).asText()).isEqualTo("0");
    }

    @Test
    void returnsTheOpenBarWithItsValuesSoFarAndNoLaterOne() throws IOException {
        JsonNode rows = json("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1000");
        assertThat(rows).hasSize(1000);
        JsonNode open = rows.get(999);
        assertThat(open.get(0).longValue())
                .isEqualTo(Instant.parse("2024-01-02T00:00:00Z").toEpochMilli());
        Candle whole = tape.at(Instant.parse("2024-01-02T00:00:00Z")).orElseThrow();
        assertThat(new BigDecimal(open.get(5).asText())).isLessThan(whole.volume());
        assertThat(new BigDecimal(open.get(2).asText())).isLessThanOrEqualTo(whole.high());
        assertThat(new BigDecimal(open.get(3).asText())).isGreaterThanOrEqualTo(whole.low());
    }

    @Test
    void returnsFiveHundredRowsByDefaultAndAThousandAtMost() throws IOException {
        assertThat(json("/api/v3/klines?symbol=BTCUSDT&interval=1m")).hasSize(500);
        assertThat(json("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=5000")).hasSize(1000);
        assertThat(json("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=1704067200000&endTime=1704067320000"))
                .hasSize(3);
    }

    private HttpResponse<String> put(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(simulator.restUrl().resolve(path))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void switchesFaultsByRequest() throws Exception {
        assertThat(put("/simulator/faults/halt?symbol=BTCUSDT&status=HALT").statusCode())
                .isEqualTo(200);
        assertThat(json("/api/v3/exchangeInfo?symbol=BTCUSDT")
                        .at("/symbols/0/status")
                        .asText())
                .isEqualTo("HALT");
        put("/simulator/faults/resume?symbol=BTCUSDT");
        put("/simulator/faults/page?status=451&times=2");
        assertThat(get("/api/v3/time").statusCode()).isEqualTo(451);
        put("/simulator/faults/clear");
        assertThat(get("/api/v3/time").statusCode()).isEqualTo(200);
        put("/simulator/faults/ban?seconds=60");
        assertThat(get("/api/v3/time").body()).contains("IP banned until");
        assertThat(put("/simulator/faults/nonsense").body())
                .contains("'nonsense'")
                .contains("halt?symbol=");
        assertThat(put("/simulator/faults/halt?symbol=btc").statusCode()).isEqualTo(400);
        assertThat(get("/simulator/faults/clear").statusCode())
                .as("a link must not switch faults")
                .isEqualTo(400);
    }

    @Test
    void refusesWithBinancesErrors() {
        HttpResponse<String> symbol = get("/api/v3/klines?symbol=NOSUCH&interval=1m");
        assertThat(symbol.statusCode()).isEqualTo(400);
        assertThat(symbol.body()).isEqualTo("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
        assertThat(get("/api/v3/klines?symbol=BTCUSDT&interval=7m").body()).contains("-1120");
        assertThat(get("/api/v3/klines?interval=1m").body()).contains("-1102").contains("'symbol'");
        assertThat(get("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=x").body())
                .contains("-1100");
        assertThat(get("/api/v3/exchangeInfo?symbol=NOSUCH").statusCode()).isEqualTo(400);
        assertThat(get("/api/v3/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void countsRequestWeightAndRefusesRequestsBeyondTheLimit() {
        int before = weight();
        get("/api/v3/klines?symbol=BTCUSDT&interval=1m");
        int after = weight();
        assertThat(after - before).isIn(3, after - before < 0 ? after - before : 3); // a new minute may have begun
        HttpResponse<String> answer = get("/api/v3/ping");
        // enough for two minutes' weight, since a new minute may begin meanwhile
        for (int i = 0; i < 640 && answer.statusCode() == 200; i++) {
            answer = get("/api/v3/exchangeInfo");
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    }

    private int weight() {
        return Integer.parseInt(
                get("/api/v3/ping").headers().firstValue("X-MBX-USED-WEIGHT-1M").orElseThrow());
    }

    @Test
    void returnsItsTimeSymbolsAndLimits() throws IOException {
        assertThat(json("/api/v3/time").get("serverTime").longValue()).isEqualTo(NOW.toEpochMilli());
        simulator.faults().skew(Duration.ofSeconds(5));
        assertThat(json("/api/v3/time").get("serverTime").longValue()).isEqualTo(NOW.toEpochMilli() + 5000);
        JsonNode info = json("/api/v3/exchangeInfo");
        assertThat(info.get("symbols").get(0).get("symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(info.get("symbols").get(0).get("baseAsset").asText()).isEqualTo("BTC");
        assertThat(info.get("rateLimits").get(0).get("limit").intValue()).isEqualTo(6000);
        assertThat(get("/api/v3/ping").body()).isEqualTo("{}");
    }

    @Test
    void sendsEveryClosedBarOnceInOrderAndEvenlyAtTwoHundredASecond() throws Exception {
        List<Heard> heard = listen("/ws/btcusdt@kline_1m");
        simulator.run();
        await().atMost(Duration.ofSeconds(20)).until(() -> heard.size() >= 600);
        simulator.hold();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            JsonNode event = json.readTree(heard.get(i).text());
            JsonNode kline = event.get("k");
            Instant openTime = Instant.parse("2024-01-02T00:00:00Z").plusSeconds(60L * i);
            assertThat(kline.get("t").longValue()).isEqualTo(openTime.toEpochMilli());
            assertThat(kline.get("x").booleanValue()).isTrue();
            assertThat(event.get("E").longValue()).isGreaterThanOrEqualTo(openTime.toEpochMilli() + 60_000);
            assertThat(new BigDecimal(kline.get("c").asText()))
                    .isEqualByComparingTo(tape.at(openTime).orElseThrow().close());
            if (i >= 100) {
                waits.add((heard.get(i).nanos() - heard.get(i - 1).nanos()) / 1000);
            }
        }
        waits.sort(null);
        assertThat(waits.get(waits.size() / 2)).isBetween(2_000L, 8_000L);
    }

    @Test
    void namesTheStreamOnCombinedConnectionsAndSendsSubscribedStreamsOnly() throws Exception {
        List<Heard> combined = listen("/stream?streams=btcusdt@kline_1m/ethusdt@kline_1m");
        List<Heard> other = listen("/ws/ethusdt@kline_1m");
        simulator.run();
        await().atMost(Duration.ofSeconds(10)).until(() -> combined.size() > 3);
        JsonNode message = json.readTree(combined.getFirst().text());
        assertThat(message.get("stream").asText()).isEqualTo("btcusdt@kline_1m");
        assertThat(message.get("data").get("e").asText()).isEqualTo("kline");
        assertThat(other).isEmpty();
    }

    @Test
    void sendsOpenBarsAtLowSpeed() throws Exception {
        simulator.speed(1);
        List<Heard> heard = listen("/ws/btcusdt@kline_1m");
        simulator.run();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> heard.stream().anyMatch(h -> h.text().contains("\"x\":true")));
        assertThat(heard.getFirst().text()).contains("\"x\":false");
    }

    @Test
    void neverSendsAnOpenBarBeforeTheLastOneIsClosed() throws Exception {
        simulator.speed(4);
        List<Heard> heard = listen("/ws/btcusdt@kline_1m");
        simulator.run();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> heard.stream()
                                .filter(h -> h.text().contains("\"x\":true"))
                                .count()
                        >= 8);
        simulator.hold();
        long closed = Instant.parse("2024-01-01T23:59:00Z").toEpochMilli();
        for (Heard message : heard) {
            JsonNode kline = json.readTree(message.text()).get("k");
            assertThat(kline.get("t").longValue()).isEqualTo(closed + 60_000);
            if (kline.get("x").booleanValue()) {
                closed += 60_000;
                assertThat(json.readTree(message.text()).get("E").longValue())
                        .as("market time, not wall time")
                        .isEqualTo(closed + 60_000);
            }
        }
    }

    @Test
    void standsStillWhileHeldAndRunsAtItsSpeed() {
        assertThat(simulator.instant()).isEqualTo(NOW);
        simulator.run();
        await().atMost(Duration.ofSeconds(10)).until(() -> simulator.instant().isAfter(NOW.plusSeconds(600)));
        simulator.hold();
        Instant held = simulator.instant();
        assertThat(simulator.instant()).isEqualTo(held);
        simulator.startAt(NOW);
        assertThat(simulator.instant()).isEqualTo(NOW);
    }
}
