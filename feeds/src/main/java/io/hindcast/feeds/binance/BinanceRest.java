package io.hindcast.feeds.binance;

import com.fasterxml.jackson.core.JsonFactory;
import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Client of the part of Binance's spot REST interface that candles need. Requests are rate limited, bounded in time and
 * size, and retried as {@link RequestPurpose} allows; each method throws {@link ExchangeUnavailableException} when the
 * retries are used up, and {@link UnknownSymbolException} at once for an invalid symbol. Thread-safe; methods block and
 * may be interrupted.
 */
public final class BinanceRest implements AutoCloseable {

    /**
     * Address and limits of the client.
     *
     * @param connectTimeout longest time to connect
     * @param answerTimeout longest time for one answer, body included
     * @param backoff waits between attempts
     */
    public record Settings(URI url, Duration connectTimeout, Duration answerTimeout, Backoff backoff) {}

    /** Status of a symbol that is traded. */
    public static final String TRADING = "TRADING";

    private static final int TIME_WEIGHT = 1;
    private static final int KLINES_WEIGHT = 2;
    private static final int EXCHANGE_INFO_WEIGHT = 20;

    private final String host;
    private final ExchangeMonitor monitor;
    private final RetryingRestClient client;
    private final ServerTime serverTime;
    private final JsonFactory json = new JsonFactory();
    private final KlineRowsParser klineRows = new KlineRowsParser(json);

    /**
     * Creates a client; nothing is requested yet.
     *
     * @param marketClock clock whose offset to the exchange's clock is measured
     * @param wallClock clock of the rate limit's minutes and of bans
     */
    public BinanceRest(
            Settings settings,
            InstantSource marketClock,
            InstantSource wallClock,
            WallTimer waits,
            RandomGenerator random,
            ExchangeMonitor monitor) {
        this.host = String.valueOf(settings.url().getHost());
        this.monitor = monitor;
        this.client = new RetryingRestClient(settings, marketClock, wallClock, waits, random, monitor);
        this.serverTime = new ServerTime(marketClock);
    }

    /** Returns the name of the exchange's host, for people. */
    public String host() {
        return host;
    }

    /** Returns the exchange's clock, as measured by {@link #measureTime}. */
    public ServerTime serverTime() {
        return serverTime;
    }

    /**
     * Fails if nothing answers at the exchange's address. Any answer will do, also a refusal, since that may change.
     *
     * @throws ExchangeUnreachableException with one line for a person
     */
    public void requireReachable() throws InterruptedException {
        try {
            measureTime(RequestPurpose.FIRST_CONTACT);
        } catch (ExchangeUnavailableException e) {
            if (e.getCause() instanceof RequestFailedException failed && !failed.reached()) {
                throw new ExchangeUnreachableException(failed);
            }
        }
    }

    /** Measures the exchange's clock. */
    public void measureTime(RequestPurpose purpose) throws InterruptedException {
        client.get("/api/v3/time", TIME_WEIGHT, purpose, (body, sent, received) -> {
            Instant server = ServerTime.parse(json, body);
            serverTime.measured(sent, received, server);
            return server;
        });
    }

    /**
     * Returns the symbol's status at the exchange, such as {@value #TRADING}, HALT or BREAK; empty if the exchange does
     * not list it. Takes over the exchange's rate limit from the same answer.
     */
    public Optional<String> tradingStatus(Symbol symbol, RequestPurpose purpose) throws InterruptedException {
        try {
            ExchangeInfo info = client.get(
                    "/api/v3/exchangeInfo?symbol=" + symbol.encoded(),
                    EXCHANGE_INFO_WEIGHT,
                    purpose,
                    (body, sent, received) -> ExchangeInfo.read(body));
            info.weightLimit().ifPresent(client::limitWeight);
            return info.status();
        } catch (UnknownSymbolException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the closed bars that open from {@code from} up to and not including {@code to}, in order. Minutes of
     * which the exchange has no usable bar are missing; unusable rows are reported to the monitor.
     */
    public List<Candle> klines(Symbol symbol, Instant from, Instant to, RequestPurpose purpose)
            throws InterruptedException {
        UnusableRows unusable = new UnusableRows();
        List<Candle> bars = klines(symbol, from, to, purpose, unusable);
        if (unusable.count() > 0) {
            monitor.badBar(symbol.value(), unusable.toString());
        }
        return bars;
    }

    /** Returns the same bars and adds the unusable rows to {@code unusable} instead of reporting them. */
    public List<Candle> klines(Symbol symbol, Instant from, Instant to, RequestPurpose purpose, UnusableRows unusable)
            throws InterruptedException {
        return pager(symbol, purpose).bars(from, to, unusable);
    }

    /** Returns the minute of the first closed row at or after {@code from}, usable or not, if there is one. */
    public Optional<Instant> firstAtOrAfter(Symbol symbol, Instant from, RequestPurpose purpose)
            throws InterruptedException {
        return pager(symbol, purpose).firstMinute(from);
    }

    private KlinePager pager(Symbol symbol, RequestPurpose purpose) {
        return new KlinePager(
                symbol.encoded(),
                serverTime,
                request -> client.get(request, KLINES_WEIGHT, purpose, (body, sent, received) -> klineRows.read(body)));
    }

    @Override
    public void close() {
        client.close();
    }
}
