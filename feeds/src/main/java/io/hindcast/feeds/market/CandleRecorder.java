package io.hindcast.feeds.market;

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
import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records one symbol's bars and gaps, one command per day. A refused command is split until the refused bar is alone,
 * so one bad bar never keeps good ones out. Thread-safe.
 */
final class CandleRecorder {

    private static final Logger log = LoggerFactory.getLogger(CandleRecorder.class);

    /** Refusals of history that arrives after the market went live, or that the exchange has corrected since. */
    private static final Set<String> LATE_HISTORY = Set.of("HISTORY_AFTER_LIVE", "HISTORY_DIFFERS");

    private final Symbol symbol;
    private final MarketBus bus;
    private final CommandSender commands;
    private final SymbolFeedReporter status;
    private Instant lastKnownAt = Instant.EPOCH;

    CandleRecorder(Symbol symbol, MarketBus bus, CommandSender commands, SymbolFeedReporter status) {
        this.symbol = symbol;
        this.bus = bus;
        this.commands = commands;
        this.status = status;
    }

    /**
     * Records bars.
     *
     * @param bars in order
     * @param received when they were received; raised to the close of the last one if it lies before that
     * @return those that the market holds now, in order; the others were refused
     */
    List<Candle> record(CandleSource source, List<Candle> bars, Instant received) throws InterruptedException {
        List<Candle> held = new ArrayList<>(bars.size());
        int start = 0;
        while (start < bars.size()) {
            LocalDate day = UtcDay.of(bars.get(start).openTime());
            int end = start + 1;
            while (end < bars.size() && UtcDay.of(bars.get(end).openTime()).equals(day)) {
                end++;
            }
            recordDay(source, day, bars.subList(start, end), received, held);
            start = end;
        }
        return held;
    }

    private void recordDay(CandleSource source, LocalDate day, List<Candle> bars, Instant received, List<Candle> held)
            throws InterruptedException {
        Instant close = bars.getLast().openTime().plus(MinuteRange.BAR);
        Instant knownAt = knownAt(source, received.isBefore(close) ? close : received);
        try {
            RecordCandles command =
                    RecordCandles.of(symbol, Interval.ONE_MINUTE, day, source, knownAt, Candles.of(day, bars));
            CandlesReceipt receipt =
                    commands.send("recording " + bars.size() + " bars of " + day, () -> bus.record(command));
            held.addAll(bars);
            status.recorded(
                    source,
                    receipt.recorded() + receipt.revised(),
                    bars.getLast().openTime());
        } catch (RefusedException refused) {
            if (source == CandleSource.HISTORY
                    && LATE_HISTORY.contains(refused.refusal().code())) {
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
     * Returns a time later than that of any command before, by a millisecond at least: otherwise a repair would appear
     * as known to a bar that was recorded before it. History counts as known at its own close, so its time stays.
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

    /** Reports rows of the market's history that are not candles; their minutes are gaps. */
    void leftOut(UnusableRows rows) {
        status.leftOut("history of " + symbol, rows);
    }

    /** Records missing minutes as a gap, one command per day. */
    void reportGap(MinuteRange missing, Instant detectedAt) throws InterruptedException {
        log.warn("{} has no bars from {} to {}", symbol, missing.from(), missing.to());
        status.gap();
        for (MinuteRange part : missing.byDay()) {
            sendGap(new ReportGap(dayOf(part), part.fromMinute(), part.toMinute(), detectedAt));
        }
    }

    /** Records that the exchange itself has no bars for these minutes, one command per day. */
    void confirmGap(MinuteRange missing, Instant confirmedAt) throws InterruptedException {
        log.info("The exchange has no bars of {} from {} to {}", symbol, missing.from(), missing.to());
        for (MinuteRange part : missing.byDay()) {
            sendGap(new ConfirmGap(dayOf(part), part.fromMinute(), part.toMinute(), confirmedAt));
        }
    }

    /** Sends a command that should never be refused; a refusal is logged only, since a retry would not help. */
    private void sendGap(Object command) throws InterruptedException {
        try {
            commands.send(command);
        } catch (RefusedException e) {
            log.warn("{} was refused: {}", command, e.getMessage());
        }
    }

    private MarketDayId dayOf(MinuteRange part) {
        return new MarketDayId(symbol, Interval.ONE_MINUTE, part.day());
    }
}
