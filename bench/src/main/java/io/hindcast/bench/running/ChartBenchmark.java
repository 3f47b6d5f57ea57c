package io.hindcast.bench.running;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Response times of the chart of six months of one-minute bars over HTTP with 50 concurrent clients: candles, signals
 * and the market in one query, as the page sends it. The whole chart is measured first, then a random month of it. The
 * yardstick is a file of the dashboard from the same server to the same clients. Server and clients share this
 * machine's cores.
 */
public final class ChartBenchmark {

    private static final int DAYS = 181;
    private static final int CLIENTS = 50;
    private static final int WARM_UP = 100;
    private static final int EACH = 60;

    private ChartBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        try (RunningDemo demo = new RunningDemo(DAYS, 7, 1)) {
            demo.awaitLive();
            JsonNode market = demo.ask(
                            "{ market(symbol: \"" + RunningDemo.SYMBOL + "\") { firstOpenTime lastOpenTime candles } }")
                    .get("market");
            Instant first = Instant.parse(market.path("firstOpenTime").asText());
            Instant last = Instant.parse(market.path("lastOpenTime").asText());
            System.out.println(market.path("candles").asLong() + " candles");
            HttpRequest script = asset(demo);
            Percentiles file = measure(demo, _ -> script);
            System.out.println("yardstick: a file of the dashboard, " + file);
            Percentiles whole = measure(demo, _ -> chart(demo, first, last.plusSeconds(60)));
            System.out.println("six months: " + whole + "; " + whole.against(file));
            Percentiles month = measure(demo, random -> {
                Instant from = first.plus(Duration.ofHours(random.nextInt(150 * 24)));
                return chart(demo, from, from.plus(Duration.ofDays(30)));
            });
            System.out.println("any month: " + month + "; " + month.against(file));
        }
    }

    private interface Requests {
        HttpRequest next(SplittableRandom random);
    }

    private static HttpRequest chart(RunningDemo demo, Instant from, Instant to) {
        return demo.request(
                "query Chart($symbol: String!, $from: DateTime!, $to: DateTime!, $maxPoints: Int!) {"
                        + " candles(symbol: $symbol, from: $from, to: $to, maxPoints: $maxPoints) {"
                        + " bucketSeconds time open high low close volume }"
                        + " signalMarkers(symbol: $symbol, from: $from, to: $to, maxPoints: $maxPoints) {"
                        + " version slot bucketSeconds time sell hold buy last }"
                        + " market(symbol: $symbol) { symbol firstOpenTime lastOpenTime } }",
                Map.of("symbol", RunningDemo.SYMBOL, "from", from.toString(), "to", to.toString(), "maxPoints", 1500));
    }

    private static HttpRequest asset(RunningDemo demo) throws Exception {
        String page = demo.http
                .send(HttpRequest.newBuilder(demo.at("http", "/")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher script = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"").matcher(page);
        if (!script.find()) {
            throw new IllegalStateException("the dashboard's page references no script: " + page);
        }
        return HttpRequest.newBuilder(demo.at("http", script.group(1))).build();
    }

    private static Percentiles measure(RunningDemo demo, Requests requests) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<long[]>> work = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                SplittableRandom random = new SplittableRandom(client);
                work.add(() -> {
                    long[] nanos = new long[EACH];
                    for (int i = -WARM_UP; i < EACH; i++) {
                        HttpRequest request = requests.next(random);
                        long begun = System.nanoTime();
                        HttpResponse<byte[]> answer = demo.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                        if (answer.statusCode() != 200 || answer.body().length < 1_000) {
                            throw new IllegalStateException("HTTP " + answer.statusCode() + ", "
                                    + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
                        }
                        if (i >= 0) {
                            nanos[i] = System.nanoTime() - begun;
                        }
                    }
                    return nanos;
                });
            }
            long[] all = new long[CLIENTS * EACH];
            int at = 0;
            for (Future<long[]> part : clients.invokeAll(work)) {
                System.arraycopy(part.get(), 0, all, at, EACH);
                at += EACH;
            }
            return Percentiles.ofNanos(all);
        }
    }
}
