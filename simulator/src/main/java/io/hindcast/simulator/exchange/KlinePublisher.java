package io.hindcast.simulator.exchange;

import io.hindcast.api.market.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the markets' klines on their streams in the order in which they close. Not thread-safe: the player calls it
 * under its lock, but for {@link #publishOpen}.
 */
final class KlinePublisher {

    private static final long BAR_MILLIS = Interval.ONE_MINUTE.millis();

    private record Late(long dueMillis, String stream, String symbol, SimulatedKline bar) {}

    private final Collection<SimulatedMarket> markets;
    private final Faults faults;
    private final SimulatedStreams streams;
    private final @Nullable Instant end;
    private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparingLong(Late::dueMillis));
    private long nextCloseMillis;

    /**
     * Creates a publisher that begins with the bar open at {@code start}.
     *
     * @param end close of the last bar, null if there is no last one
     */
    KlinePublisher(
            Collection<SimulatedMarket> markets,
            Faults faults,
            SimulatedStreams streams,
            @Nullable Instant end,
            Instant start) {
        this.markets = markets;
        this.faults = faults;
        this.streams = streams;
        this.end = end;
        startAt(start);
    }

    /** Moves to the first bar that closes after {@code now}. */
    void startAt(Instant now) {
        nextCloseMillis = now.truncatedTo(ChronoUnit.MINUTES).toEpochMilli() + BAR_MILLIS;
    }

    /** Returns the market time at which the bars that are open now close. */
    long nextCloseMillis() {
        return nextCloseMillis;
    }

    /** Returns the market time at which something is to be published next. */
    long nextDueMillis() {
        Late first = late.peek();
        return first == null ? nextCloseMillis : Math.min(nextCloseMillis, first.dueMillis());
    }

    /** Returns whether every bar of every tape has been published. */
    boolean ended() {
        return late.isEmpty() && allClosed();
    }

    private boolean allClosed() {
        return end != null && nextCloseMillis > end.toEpochMilli();
    }

    /** Publishes everything that has closed by {@code now}, in order of time. */
    void publishDue(long now) {
        while (true) {
            Late first = late.peek();
            if (first != null && first.dueMillis() <= Math.min(now, nextCloseMillis)) {
                late.remove();
                streams.publish(
                        first.stream(), first.bar().event(first.symbol(), eventMillis(first.dueMillis()), true));
                continue;
            }
            if (nextCloseMillis > now || allClosed()) {
                return;
            }
            publishClosed(nextCloseMillis - BAR_MILLIS);
            nextCloseMillis += BAR_MILLIS;
        }
    }

    private void publishClosed(long openMillis) {
        Instant openTime = Instant.ofEpochMilli(openMillis);
        for (SimulatedMarket market : markets) {
            SimulatedKline bar = market.at(openMillis);
            if (bar == null || faults.streams().skipped(openTime)) {
                continue;
            }
            String symbol = market.symbol().value();
            Duration delay = faults.streams().lateBy(openTime);
            if (delay != null) {
                late.add(new Late(openMillis + BAR_MILLIS + delay.toMillis(), streamOf(market), symbol, bar));
                continue;
            }
            String event = bar.event(symbol, eventMillis(openMillis + BAR_MILLIS), true);
            if (faults.streams().malformedBefore(openTime)) {
                streams.publish(streamOf(market), event.substring(0, event.length() / 2));
            }
            streams.publish(streamOf(market), event);
            if (faults.streams().duplicated(openTime)) {
                streams.publish(streamOf(market), event);
            }
        }
    }

    /**
     * Publishes the open bars as they are at {@code now}, unless they are closed by then: their closed form comes
     * first.
     *
     * @param closes market time at which they close
     */
    void publishOpen(long now, long closes) {
        if (now >= closes) {
            return;
        }
        long opened = closes - BAR_MILLIS;
        double passed = Math.max(0, (now - opened) / (double) BAR_MILLIS);
        for (SimulatedMarket market : markets) {
            SimulatedKline bar = market.at(opened);
            if (bar != null) {
                streams.publish(
                        streamOf(market),
                        bar.after(passed).event(market.symbol().value(), eventMillis(now), false));
            }
        }
    }

    private static String streamOf(SimulatedMarket market) {
        return market.symbol().value().toLowerCase(Locale.ROOT) + "@kline_1m";
    }

    /**
     * Returns the event time of something due at a market time. A bar counts as sent in the millisecond it was due,
     * however late a busy processor is: at two hundred candles a second that delay would be minutes of market time.
     */
    private long eventMillis(long due) {
        return due + faults.skew().toMillis();
    }
}
