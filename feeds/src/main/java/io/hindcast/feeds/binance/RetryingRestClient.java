package io.hindcast.feeds.binance;

import io.hindcast.runtime.WallTimer;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Sends GET requests to the exchange: rate limited by the weight that the exchange reports, retried with growing,
 * jittered waits after any failure but an unknown symbol, never sooner than the exchange asks for. Thread-safe.
 */
final class RetryingRestClient implements AutoCloseable {

    private static final long MOST_BYTES = 8 << 20;

    /** Parses an answer to a request sent at {@code sent} and answered at {@code received}, in market time. */
    interface AnswerParser<T> {
        T parse(byte[] body, Instant sent, Instant received) throws IOException;
    }

    private final BinanceRest.Settings settings;
    private final InstantSource marketClock;
    private final InstantSource wallClock;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final ExchangeMonitor monitor;
    private final HttpClient client;
    private final RequestRateLimiter limiter;

    RetryingRestClient(
            BinanceRest.Settings settings,
            InstantSource marketClock,
            InstantSource wallClock,
            WallTimer waits,
            RandomGenerator random,
            ExchangeMonitor monitor) {
        this.settings = settings;
        this.marketClock = marketClock;
        this.wallClock = wallClock;
        this.waits = waits;
        this.random = random;
        this.monitor = monitor;
        this.limiter = new RequestRateLimiter(wallClock, waits);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /** Sets the request weight allowed per minute. */
    void limitWeight(int perMinute) {
        limiter.limit(perMinute);
    }

    /**
     * Requests {@code request}, a path with its query, until it is answered.
     *
     * @throws UnknownSymbolException if the exchange reports the symbol as invalid
     * @throws ExchangeUnavailableException if the retries of {@code purpose} are used up
     */
    <T> T get(String request, int weight, RequestPurpose purpose, AnswerParser<T> parser) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            awaitAdmission(weight, purpose);
            try {
                return attempt(request, parser);
            } catch (RequestFailedException failed) {
                if (failed.holdAll().isPositive()) {
                    limiter.hold(failed);
                }
                Optional<Duration> wait =
                        purpose.retryPolicy(settings.backoff()).waitAfter(attempt, failed.atLeast(), random);
                if (wait.isEmpty()) {
                    throw failed.lasting();
                }
                // While all requests are held the wait is that of the rate limiter.
                if (failed.holdAll().isZero()) {
                    monitor.retrying(failed.problem(), wait.get());
                    waits.pause(wait.get());
                }
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private <T> T attempt(String request, AnswerParser<T> parser) throws RequestFailedException, InterruptedException {
        Instant sent = marketClock.instant();
        HttpResponse<byte[]> answer;
        try {
            answer = send(request);
        } catch (IOException e) {
            throw RequestFailedException.unreached(settings.url(), e);
        }
        Instant received = marketClock.instant();
        recordWeight(answer);
        if (answer.statusCode() != 200) {
            if (ErrorBody.isUnknownSymbol(answer.body())) {
                throw new UnknownSymbolException(
                        symbolIn(request), String.valueOf(settings.url().getHost()));
            }
            throw RequestFailedException.of(
                    settings.url(), answer.statusCode(), answer.headers(), answer.body(), wallClock.instant());
        }
        try {
            return parser.parse(answer.body(), sent, received);
        } catch (IOException e) {
            throw RequestFailedException.unreadable(settings.url(), answer.body(), e);
        }
    }

    private void awaitAdmission(int weight, RequestPurpose purpose) throws InterruptedException {
        Duration wait = limiter.admit(weight);
        while (wait.isPositive()) {
            RequestFailedException held = limiter.heldBy();
            if (wait.compareTo(purpose.longestWait()) > 0) {
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
                monitor.retrying(held.problem(), wait);
            }
            waits.pause(wait);
            wait = limiter.admit(weight);
        }
    }

    private HttpResponse<byte[]> send(String request) throws IOException, InterruptedException {
        HttpRequest http = HttpRequest.newBuilder(settings.url().resolve(request))
                .timeout(settings.answerTimeout())
                .header("Accept", "application/json")
                .GET()
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                http, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
        long millis = settings.answerTimeout().toMillis();
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + millis + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private void recordWeight(HttpResponse<byte[]> answer) {
        monitor.answered(answer.statusCode());
        answer.headers().firstValue("X-MBX-USED-WEIGHT-1M").ifPresent(used -> {
            try {
                limiter.reported(Integer.parseInt(used));
            } catch (NumberFormatException e) {
                monitor.malformed(used, "X-MBX-USED-WEIGHT-1M is not a number");
            }
        });
        monitor.weight(limiter.used(), limiter.limit());
    }

    private static String symbolIn(String request) {
        String rest = request.substring(request.indexOf("symbol=") + "symbol=".length());
        return URLDecoder.decode(rest.split("&", 2)[0], StandardCharsets.UTF_8);
    }
}
