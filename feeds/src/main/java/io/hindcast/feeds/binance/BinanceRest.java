package io.hindcast.feeds.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.tape.UnusableRows;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Waits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Binance's spot REST interface, as far as bars need it. Requests are paced by the weight that the exchange reports, tried again
 * with growing, jittered waits on 418, 429, 5xx, cut or garbled answers and timeouts (never sooner than Retry-After says), and
 * bounded in time and size. Thread-safe; methods block and may be interrupted.
 */
public final class BinanceRest implements AutoCloseable {

    /** @param answer longest time for one answer, body included */
    public record Settings(URI url, Duration connect, Duration answer, Backoff backoff) {

        public static Settings of(URI url) {
            return new Settings(
                    url,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)));
        }
    }

    private static final long MOST_BYTES = 8 << 20;
    private static final int KLINES_WEIGHT = 2;
    private static final int EXCHANGE_INFO_WEIGHT = 20;
    private static final int INVALID_SYMBOL = -1121;

    private interface Reader<T> {
        T read(byte[] body) throws IOException;
    }

    private final Settings settings;
    private final InstantSource marketClock;
    private final Waits waits;
    private final RandomGenerator random;
    private final ExchangeWatch watch;
    private final HttpClient client;
    private final WeightGate gate;
    private final ServerTime serverTime;
    private final JsonFactory json = new JsonFactory();
    private final KlineRows klineRows = new KlineRows(json);

    public BinanceRest(
            Settings settings,
            InstantSource marketClock,
            InstantSource wallClock,
            Waits waits,
            RandomGenerator random,
            ExchangeWatch watch) {
        this.settings = settings;
        this.marketClock = marketClock;
        this.waits = waits;
        this.random = random;
        this.watch = watch;
        this.gate = new WeightGate(wallClock, waits);
        this.serverTime = new ServerTime(marketClock);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connect())
                .build();
    }

    /** The exchange's clock, as measured by {@link #measureTime}. */
    public ServerTime serverTime() {
        return serverTime;
    }

    /** Refuses to go on if the exchange cannot be reached now; otherwise knows its clock. */
    public void requireReachable() throws InterruptedException {
        try {
            measureTime(Patience.FIRST);
        } catch (ExchangeUnavailableException e) {
            throw new ExchangeUnreachableException(settings.url(), e.getCause() == null ? e : e.getCause());
        }
    }

    /** Asks what time it is at the exchange. */
    public void measureTime(Patience patience) throws InterruptedException {
        call(
                "/api/v3/time",
                1,
                patience,
                body -> {
                    throw new IllegalStateException("never read");
                },
                true);
    }

    /** Refuses a symbol that the exchange does not trade, and learns the exchange's limits. */
    public void requireTraded(Symbol symbol) throws InterruptedException {
        boolean traded =
                call("/api/v3/exchangeInfo?symbol=" + symbol, EXCHANGE_INFO_WEIGHT, Patience.IMPORT, this::readInfo);
        if (!traded) {
            throw unknownSymbol(symbol.value());
        }
    }

    /**
     * The closed bars that open from {@code from} up to and not including {@code to}, in order; minutes that the exchange has no
     * usable bar for are left out.
     */
    public List<Candle> klines(Symbol symbol, Instant from, Instant to, Patience patience) throws InterruptedException {
        UnusableRows unusable = new UnusableRows();
        List<Candle> bars = klines(symbol, from, to, patience, unusable);
        if (unusable.count() > 0) {
            watch.badBar(symbol.value(), unusable.toString());
        }
        return bars;
    }

    /** The same, and counts the rows that can't be used. */
    public List<Candle> klines(Symbol symbol, Instant from, Instant to, Patience patience, UnusableRows unusable)
            throws InterruptedException {
        return pages(symbol, patience).bars(from, to, unusable);
    }

    /** The minute of the first closed row at or after {@code from}, usable or not, if there is one. */
    public Optional<Instant> firstAtOrAfter(Symbol symbol, Instant from, Patience patience)
            throws InterruptedException {
        return pages(symbol, patience).firstMinute(from);
    }

    private KlinePages pages(Symbol symbol, Patience patience) {
        return new KlinePages(
                symbol.value(), serverTime, request -> call(request, KLINES_WEIGHT, patience, klineRows::read));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private <T> T call(String request, int weight, Patience patience, Reader<T> reader) throws InterruptedException {
        return java.util.Objects.requireNonNull(call(request, weight, patience, reader, false));
    }

    /** Tries until it is answered, refused, or out of patience. A time request is read here, between two looks at the clock. */
    private <T> @org.jspecify.annotations.Nullable T call(
            String request, int weight, Patience patience, Reader<T> reader, boolean time) throws InterruptedException {
        Exception last = new IOException("not tried");
        for (int attempt = 1; attempt <= patience.attempts(); attempt++) {
            awaitAdmission(request, weight, patience);
            Duration wait;
            try {
                Instant sent = marketClock.instant();
                HttpResponse<byte[]> answer = send(request);
                Instant received = marketClock.instant();
                note(answer);
                int status = answer.statusCode();
                if (status == 200) {
                    if (time) {
                        serverTime.measured(sent, received, readTime(answer.body()));
                        return null;
                    }
                    return reader.read(answer.body());
                }
                last = new IOException("HTTP " + status + " " + shortened(answer.body()));
                if (status == 429 || status == 418) {
                    Duration asked = retryAfter(answer, Duration.ofSeconds(status == 418 ? 120 : 1));
                    gate.holdAll(asked);
                    wait = Duration.ZERO; // the gate makes everyone wait
                    watch.retrying(String.valueOf(last.getMessage()), asked);
                } else if (status >= 500 || status == 403 || status == 408) {
                    wait = max(
                            retryAfter(answer, Duration.ZERO),
                            settings.backoff().after(attempt, random));
                } else {
                    throw refusal(request, status, answer.body());
                }
            } catch (IOException e) {
                last = e;
                wait = settings.backoff().after(attempt, random);
            }
            if (attempt < patience.attempts() && wait.isPositive()) {
                if (wait.compareTo(patience.longestWait()) > 0) {
                    break;
                }
                watch.retrying(describe(last), wait);
                waits.pause(wait);
            }
        }
        throw new ExchangeUnavailableException(
                "no usable answer from " + settings.url() + " to " + path(request) + ": " + describe(last), last);
    }

    private void awaitAdmission(String request, int weight, Patience patience) throws InterruptedException {
        Duration wait = gate.admit(weight);
        while (wait.isPositive()) {
            if (wait.compareTo(patience.longestWait()) > 0) {
                throw new ExchangeUnavailableException(settings.url() + " wants no requests for another "
                        + wait.toSeconds() + " s (" + path(request) + " must wait)");
            }
            waits.pause(wait);
            wait = gate.admit(weight);
        }
    }

    private HttpResponse<byte[]> send(String request) throws IOException, InterruptedException {
        HttpRequest http = HttpRequest.newBuilder(settings.url().resolve(request))
                .timeout(settings.answer())
                .header("Accept", "application/json")
                .GET()
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                http, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer.get(settings.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + settings.answer().toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private void note(HttpResponse<byte[]> answer) {
        watch.answered(answer.statusCode());
        answer.headers().firstValue("X-MBX-USED-WEIGHT-1M").ifPresent(used -> {
            try {
                gate.reported(Integer.parseInt(used));
            } catch (NumberFormatException e) {
                watch.malformed(used, "X-MBX-USED-WEIGHT-1M is no number");
            }
        });
        watch.weight(gate.used(), gate.limit());
    }

    private Instant readTime(byte[] body) throws IOException {
        try (JsonParser in = json.createParser(body)) {
            while (in.nextToken() != null) {
                if (in.currentToken() == JsonToken.VALUE_NUMBER_INT && "serverTime".equals(in.currentName())) {
                    return Instant.ofEpochMilli(in.getLongValue());
                }
            }
        }
        throw new IOException("the answer has no serverTime: " + shortened(body));
    }

    /** Learns the weight limit; true if a symbol is listed that is not broken off. */
    private boolean readInfo(byte[] body) throws IOException {
        boolean listed = false;
        try (JsonParser in = json.createParser(body)) {
            String limitType = "";
            String interval = "";
            int limit = 0;
            int every = 0;
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer is no exchange information: " + shortened(body));
            }
            while (in.nextToken() != null) {
                String name = in.currentName();
                if (name == null) {
                    continue;
                }
                switch (in.currentToken()) {
                    case VALUE_STRING -> {
                        switch (name) {
                            case "rateLimitType" -> limitType = in.getText();
                            case "interval" -> interval = in.getText();
                            case "status" -> listed = true;
                            default -> {}
                        }
                    }
                    case VALUE_NUMBER_INT -> {
                        switch (name) {
                            case "limit" -> limit = in.getIntValue();
                            case "intervalNum" -> every = in.getIntValue();
                            default -> {}
                        }
                    }
                    default -> {}
                }
                if (in.currentToken() == JsonToken.END_OBJECT || in.currentToken() == JsonToken.END_ARRAY) {
                    continue;
                }
                if (limitType.equals("REQUEST_WEIGHT") && interval.equals("MINUTE") && every == 1 && limit > 0) {
                    gate.limit(limit);
                    limitType = "";
                    interval = "";
                    every = 0;
                    limit = 0;
                }
            }
        }
        return listed;
    }

    private RuntimeException refusal(String request, int status, byte[] body) {
        int code = 0;
        String text = shortened(body);
        try (JsonParser in = json.createParser(body)) {
            while (in.nextToken() != null) {
                if (in.currentToken() == JsonToken.VALUE_NUMBER_INT && "code".equals(in.currentName())) {
                    code = in.getIntValue();
                } else if (in.currentToken() == JsonToken.VALUE_STRING && "msg".equals(in.currentName())) {
                    text = in.getText();
                }
            }
        } catch (IOException notJson) {
            // the raw text says enough
        }
        if (code == INVALID_SYMBOL) {
            int at = request.indexOf("symbol=") + "symbol=".length();
            return unknownSymbol(request.substring(at).split("&", 2)[0]);
        }
        return RefusedException.of(
                "EXCHANGE_REFUSED",
                "request " + path(request) + " to " + settings.url().getHost(),
                "refused with HTTP " + status + ", code " + code + " '" + text + "'",
                "an answer");
    }

    private RefusedException unknownSymbol(String symbol) {
        return RefusedException.of(
                "UNKNOWN_SYMBOL",
                "symbol",
                "'" + symbol + "'",
                "one that " + settings.url().getHost() + " trades, like BTCUSDT");
    }

    private static Duration retryAfter(HttpResponse<byte[]> answer, Duration otherwise) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(otherwise);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static String path(String request) {
        return request.split("\\?", 2)[0];
    }

    private static String describe(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String shortened(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
        return text.replaceAll("\\s+", " ");
    }
}
