package io.hindcast.feeds.market;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesReceipt;
import io.hindcast.api.market.ConfirmGap;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.ReportGap;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one symbol's commands: a command a day, tried again a bounded number of times when something broke, and taken
 * apart when it is refused, so that one bad bar never keeps good ones out.
 */
final class Recorder {

    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    /** Refusals of history that is none any more. */
    private static final Set<String> LATE_HISTORY = Set.of("HISTORY_AFTER_LIVE", "HISTORY_DIFFERS");

    private final Symbol symbol;
    private final MarketBus bus;
    private final FeedSettings settings;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final SymbolFeedStatus status;
    private Instant lastKnownAt = Instant.EPOCH;

    Recorder(
            Symbol symbol,
            MarketBus bus,
            FeedSettings settings,
            WallTimer waits,
            RandomGenerator random,
            SymbolFeedStatus status) {
        this.symbol = symbol;
        this.bus = bus;
        this.settings = settings;
        this.waits = waits;
        this.random = random;
        this.status = status;
    }

    /**
     * Records bars, which are in order; {@code received} is raised to the close of the last one if it lies before.
     *
     * @return those that the market holds now, in order; the others were refused
     */
    List<Candle> record(CandleSource source, List<Candle> bars, Instant received) throws InterruptedException {
        List<Candle> held = new ArrayList<>(bars.size());
        int start = 0;
        while (start < bars.size()) {
            LocalDate day = Minutes.dayOf(bars.get(start).openTime());
            int end = start + 1;
            while (end < bars.size() && Minutes.dayOf(bars.get(end).openTime()).equals(day)) {
                end++;
            }
            recordDay(source, day, bars.subList(start, end), received, held);
            start = end;
        }
        return held;
    }

    private void recordDay(CandleSource source, LocalDate day, List<Candle> bars, Instant received, List<Candle> held)
            throws InterruptedException {
        Instant close = bars.getLast().openTime().plus(Minutes.BAR);
        Instant knownAt = knownAt(source, received.isBefore(close) ? close : received);
        try {
            RecordCandles command =
                    RecordCandles.of(symbol, Interval.ONE_MINUTE, day, source, knownAt, Candles.of(day, bars));
            CandlesReceipt receipt = attempt("recording " + bars.size() + " bars of " + day, () -> bus.record(command));
            held.addAll(bars);
            status.recorded(
                    source,
                    receipt.recorded() + receipt.revised(),
                    bars.getLast().openTime());
        } catch (RefusedException refused) {
            if (source == CandleSource.HISTORY
                    && LATE_HISTORY.contains(refused.refusal().code())) {
                // The market went live before, which the read model did not say yet, or the exchange corrected its
                // past.
                recordDay(CandleSource.REPAIR, day, bars, received, held);
                return;
            }
            if (bars.size() == 1) {
                status.refused(symbol + " at " + bars.getFirst().openTime() + ": " + refused.getMessage());
                return;
            }
            int half = bars.size() / 2;
            recordDay(source, day, bars.subList(0, half), received, held);
            recordDay(source, day, bars.subList(half, bars.size()), received, held);
        }
    }

    /**
     * What is recorded later is known later, by a millisecond at least: else a repair would seem to have been known to
     * a bar that was recorded before it. History is known at its own close whatever stands here.
     */
    private synchronized Instant knownAt(CandleSource source, Instant received) {
        if (source == CandleSource.HISTORY) {
            return received;
        }
        Instant known = received.truncatedTo(ChronoUnit.MILLIS);
        if (known.isBefore(received)) {
            known = known.plusMillis(1);
        }
        lastKnownAt = known.isAfter(lastKnownAt) ? known : lastKnownAt.plusMillis(1);
        return lastKnownAt;
    }

    /** Reports rows of the market's history that are no candles; their minutes are gaps. */
    void leftOut(UnusableRows rows) {
        status.leftOut("history of " + symbol, rows);
    }

    /** Reports missing minutes, a command a day. */
    void reportGap(Minutes missing, Instant detectedAt) throws InterruptedException {
        log.warn("{} has no bars from {} to {}", symbol, missing.from(), missing.to());
        status.gap();
        for (Minutes part : missing.byDay()) {
            send(new ReportGap(dayOf(part), part.fromMinute(), part.toMinute(), detectedAt));
        }
    }

    /** Says that the exchange has no bars for these minutes. */
    void confirmGap(Minutes missing, Instant confirmedAt) throws InterruptedException {
        log.info("The exchange has no bars of {} from {} to {}", symbol, missing.from(), missing.to());
        for (Minutes part : missing.byDay()) {
            send(new ConfirmGap(dayOf(part), part.fromMinute(), part.toMinute(), confirmedAt));
        }
    }

    /** Sends a command that must not be refused; a refusal is logged and dropped, since repeating it would not help. */
    private void send(Object command) throws InterruptedException {
        try {
            attempt(command.getClass().getSimpleName(), () -> bus.send(command));
        } catch (RefusedException e) {
            log.warn("{} was refused: {}", command, e.getMessage());
        }
    }

    /** Sends a command whose refusal is the caller's business. */
    void require(Object command) throws InterruptedException {
        attempt(command.getClass().getSimpleName(), () -> bus.send(command));
    }

    <R> R attempt(String what, Supplier<CompletableFuture<R>> command) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Throwable failure;
            try {
                return command.get().get(settings.commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                failure = e.getCause() == null ? e : e.getCause();
            } catch (TimeoutException e) {
                failure = e;
            } catch (RuntimeException e) {
                failure = e; // thrown by the bus itself
            }
            Refusal refusal = RefusedException.in(failure);
            if (refusal != null) {
                throw new RefusedException(refusal);
            }
            String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            if (attempt >= settings.commandAttempts()) {
                throw new CommandFailedException(what + " failed " + attempt + " times: " + why, failure);
            }
            Duration wait = settings.commandBackoff().after(attempt, random);
            log.warn("{}: {} failed ({}); trying again in {} ms", symbol, what, why, wait.toMillis());
            status.commandRetry();
            waits.pause(wait);
        }
    }

    private MarketDayId dayOf(Minutes part) {
        return new MarketDayId(symbol, Interval.ONE_MINUTE, part.day());
    }
}
