package io.hindcast.feeds.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.WallTimer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
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
 * Binance's spot REST interface, as far as bars need it. Requests are paced by the weight that the exchange reports,
 * tried again with growing, jittered waits whatever comes instead of an answer (never sooner than the exchange asks
 * for), but for an unknown symbol, and bounded in time and size. Thread-safe; methods block and may be interrupted.
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

    /** Status of a symbol that is traded. */
    public static final String TRADING = "TRADING";

    private static final long MOST_BYTES = 8 << 20;
    private static final int KLINES_WEIGHT = 2;
    private static final int EXCHANGE_INFO_WEIGHT = 20;
    private static final int INVALID_SYMBOL = -1121;

    /** Reads an answer that was asked for at {@code sent} and had come at {@code received}, in market time. */
    private interface Reader<T> {
        T read(byte[] body, Instant sent, Instant received) throws IOException;
    }

    private final Settings settings;
    private final InstantSource marketClock;
    private final InstantSource wallClock;
    private final WallTimer waits;
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
            WallTimer waits,
            RandomGenerator random,
            ExchangeWatch watch) {
        this.settings = settings;
        this.marketClock = marketClock;
        this.wallClock = wallClock;
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

    /** Name of the exchange's host, for people. */
    public String host() {
        return String.valueOf(settings.url().getHost());
    }

    /** The exchange's clock, as measured by {@link #measureTime}. */
    public ServerTime serverTime() {
        return serverTime;
    }

    /**
     * Refuses to go on if nothing answers at the exchange's address; whatever does answer may change its mind later.
     *
     * @throws ExchangeUnreachableException with one line for a person
     */
    public void requireReachable() throws InterruptedException {
        try {
            measureTime(Patience.FIRST);
        } catch (ExchangeUnavailableException e) {
            if (e.getCause() instanceof FailedAnswer failed && !failed.reached()) {
                throw new ExchangeUnreachableException(failed);
            }
        }
    }

    /** Measures the exchange's clock. */
    public void measureTime(Patience patience) throws InterruptedException {
        call("/api/v3/time", 1, patience, (body, sent, received) -> {
            Instant server = readTime(body);
            serverTime.measured(sent, received, server);
            return server;
        });
    }

    /**
     * The symbol's status at the exchange, such as {@value #TRADING}, HALT or BREAK; empty if the exchange does not
     * list it. Learns the exchange's limits, too.
     */
    public Optional<String> tradingStatus(Symbol symbol, Patience patience) throws InterruptedException {
        try {
            ExchangeInfo info = call(
                    "/api/v3/exchangeInfo?symbol=" + symbol.encoded(),
                    EXCHANGE_INFO_WEIGHT,
                    patience,
                    (body, sent, received) -> ExchangeInfo.read(body));
            info.weightLimit().ifPresent(gate::limit);
            return info.status();
        } catch (UnknownSymbolException e) {
            return Optional.empty();
        }
    }

    /**
     * The closed bars that open from {@code from} up to and not including {@code to}, in order; minutes that the
     * exchange has no usable bar for are left out.
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
                symbol.encoded(),
                serverTime,
                request -> call(request, KLINES_WEIGHT, patience, (body, sent, received) -> klineRows.read(body)));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Tries until it is answered, certainly refused, or out of patience. */
    private <T> T call(String request, int weight, Patience patience, Reader<T> reader) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            awaitAdmission(weight, patience);
            try {
                return attempt(request, reader);
            } catch (FailedAnswer failed) {
                if (failed.holdAll().isPositive()) {
                    gate.hold(failed); // the gate makes everyone wait
                }
                Duration backoff = settings.backoff().after(attempt, random);
                Duration wait = failed.atLeast().compareTo(backoff) > 0 ? failed.atLeast() : backoff;
                if (attempt >= patience.attempts() || wait.compareTo(patience.longestWait()) > 0) {
                    throw failed.lasting();
                }
                if (failed.holdAll().isZero()) {
                    watch.retrying(failed.problem(), wait);
                    waits.pause(wait);
                }
            }
        }
    }

    private <T> T attempt(String request, Reader<T> reader) throws FailedAnswer, InterruptedException {
        Instant sent = marketClock.instant();
        HttpResponse<byte[]> answer;
        try {
            answer = send(request);
        } catch (IOException e) {
            throw FailedAnswer.unreached(settings.url(), e);
        }
        Instant received = marketClock.instant();
        note(answer);
        if (answer.statusCode() != 200) {
            if (isOfUnknownSymbol(answer.body())) {
                throw new UnknownSymbolException(symbolIn(request), host());
            }
            throw FailedAnswer.of(
                    settings.url(), answer.statusCode(), answer.headers(), answer.body(), wallClock.instant());
        }
        try {
            return reader.read(answer.body(), sent, received);
        } catch (IOException e) {
            throw FailedAnswer.unreadable(settings.url(), answer.body(), e);
        }
    }

    private void awaitAdmission(int weight, Patience patience) throws InterruptedException {
        Duration wait = gate.admit(weight);
        while (wait.isPositive()) {
            FailedAnswer held = gate.heldBy();
            if (wait.compareTo(patience.longestWait()) > 0) {
                throw held != null
                        ? new ExchangeUnavailableException(held.problem(), held.remedy(), wait, held)
                        : new ExchangeUnavailableException(
                                "The request weight that " + settings.url().getHost()
                                        + " allows in a minute is used up",
                                "Nothing has to be done: requests go on with the next minute.",
                                wait,
                                new IOException("weight limit"));
            }
            if (held != null) {
                watch.retrying(held.problem(), wait);
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

    /**
     * Whether Binance itself says that there is no such symbol, the one refusal that asking again can't change soon.
     */
    private boolean isOfUnknownSymbol(byte[] body) {
        try (JsonParser in = json.createParser(body)) {
            while (in.nextToken() != null) {
                if (in.currentToken() == JsonToken.VALUE_NUMBER_INT && "code".equals(in.currentName())) {
                    return in.getIntValue() == INVALID_SYMBOL;
                }
            }
        } catch (IOException notJson) {
            // Not from Binance, then.
        }
        return false;
    }

    private static String symbolIn(String request) {
        String rest = request.substring(request.indexOf("symbol=") + "symbol=".length());
        return URLDecoder.decode(rest.split("&", 2)[0], StandardCharsets.UTF_8);
    }

    private static String shortened(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
        return text.replaceAll("\\s+", " ");
    }
}
