package io.hindcast.simulator.exchange;

import io.hindcast.api.RefusedException;
import io.hindcast.runtime.MarketClock;
import io.hindcast.simulator.tape.Tape;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exchange in this process: plays tapes over Binance's own REST and WebSocket protocol at a chosen speed, and is the
 * market's clock while it does. Starts held, so that history can be imported up to a moment that stands still;
 * {@link #run()} lets time go. When every tape has ended the clock stops at the last close and streams stay open.
 */
public final class ExchangeSimulator implements MarketClock, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ExchangeSimulator.class);

    private static final Duration BAR = Duration.ofMinutes(1);
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** Above this many candles a second bars come only closed: updates between would say nothing any more. */
    private static final double FASTEST_WITH_UPDATES = 4;

    private record Late(long dueMillis, String stream, String symbol, WireBar bar) {}

    private final Map<String, SimulatedMarket> markets = new LinkedHashMap<>();
    private final Faults faults = new Faults();
    private final SimulatedClock clock;
    private final @Nullable Instant end;
    private final RestSide rest;
    private final StreamSide streams;
    private final Thread player;
    private final List<Runnable> whenFinished = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long nextCloseMillis;
    private boolean finished;
    private boolean closed;
    private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparingLong(Late::dueMillis));

    /** Listens on free ports of the loopback interface. */
    public ExchangeSimulator(List<? extends Tape> tapes, Instant start, double speed) {
        this(tapes, start, speed, 0, 0, InstantSource.system());
    }

    /**
     * @param tapes one for each symbol
     * @param start market time at first
     * @param speed candles a second of wall time
     * @param restPort to listen on, 0 for any free one
     * @param streamPort to listen on, 0 for any free one
     * @param wallClock for the weight that requests use up each minute
     */
    public ExchangeSimulator(
            List<? extends Tape> tapes,
            Instant start,
            double speed,
            int restPort,
            int streamPort,
            InstantSource wallClock) {
        if (tapes.isEmpty()) {
            throw RefusedException.of("NO_MARKET", "markets to simulate", "none", "at least one");
        }
        for (Tape tape : tapes) {
            if (markets.put(tape.symbol().value(), new SimulatedMarket(tape, faults)) != null) {
                throw RefusedException.of("TWO_TAPES", "symbol", tape.symbol(), "to be played from one archive only");
            }
        }
        this.clock = new SimulatedClock(start, speed);
        this.end = endOf(tapes).orElse(null);
        clock.endAt(end);
        this.nextCloseMillis = closeAfter(start);
        this.rest = new RestSide(markets, faults, this::exchangeTime, clock, wallClock, restPort);
        this.streams = new StreamSide(faults, streamPort);
        faults.onDrop(streams::dropAll);
        this.player = Thread.ofPlatform().daemon().name("exchange-simulator").unstarted(this::play);
    }

    /** Opens its doors. The clock is held. */
    public ExchangeSimulator start() {
        rest.start();
        streams.start();
        player.start();
        return this;
    }

    /** Market time. */
    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public boolean awaitTime(Instant time) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long nanos = clock.nanosUntil(time);
                if (nanos <= 0) {
                    return end == null || !time.isAfter(end);
                }
                if (finished) {
                    return false;
                }
                changed.awaitNanos(nanos);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Sets the held clock to {@code now}: the next bar to come is the one that closes first after it. */
    public void startAt(Instant now) {
        withLock(() -> {
            clock.set(end != null && now.isAfter(end) ? end : now);
            nextCloseMillis = closeAfter(clock.instant());
        });
    }

    /** Lets time go. */
    public void run() {
        withLock(clock::run);
    }

    /** Stops time until the next {@link #run()}. */
    public void hold() {
        withLock(clock::hold);
    }

    /** Changes how many candles a second go by. */
    public void speed(double candlesASecond) {
        withLock(() -> clock.speed(candlesASecond));
    }

    public double speed() {
        return clock.speed();
    }

    public boolean running() {
        return clock.running();
    }

    /** Whether every tape has been played to its end. */
    public boolean finished() {
        lock.lock();
        try {
            return finished;
        } finally {
            lock.unlock();
        }
    }

    /** Has {@code action} run once when every tape has been played to its end. */
    public void onFinished(Runnable action) {
        lock.lock();
        try {
            whenFinished.add(action);
        } finally {
            lock.unlock();
        }
    }

    public Faults faults() {
        return faults;
    }

    /** Where its REST interface is. */
    public URI restUrl() {
        return rest.url();
    }

    /** Where its streams are. */
    public URI streamUrl() {
        return streams.url();
    }

    /** Open stream connections. */
    public int connections() {
        return streams.connections();
    }

    /** Stream connections accepted so far. */
    public int accepted() {
        return streams.accepted();
    }

    public List<Tape> tapes() {
        return markets.values().stream().map(SimulatedMarket::tape).toList();
    }

    @Override
    public void close() {
        withLock(() -> closed = true);
        rest.stop();
        streams.stop();
        try {
            player.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Instant exchangeTime() {
        return clock.instant().plus(faults.skew());
    }

    private void play() {
        long lastUpdate = System.nanoTime();
        long lastPing = lastUpdate;
        while (true) {
            boolean ended;
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                Late first = late.peek();
                long due = first == null ? nextCloseMillis : Math.min(nextCloseMillis, first.dueMillis());
                long nanos = finished ? PING_NANOS : clock.nanosUntil(Instant.ofEpochMilli(due));
                if (nanos > 0) {
                    long most = PING_NANOS - (System.nanoTime() - lastPing);
                    if (clock.running() && !finished && clock.speed() <= FASTEST_WITH_UPDATES) {
                        most = Math.min(most, updateNanos() - (System.nanoTime() - lastUpdate));
                    }
                    changed.awaitNanos(Math.max(1, Math.min(nanos, most)));
                }
                if (closed) {
                    return;
                }
                sendDue();
                ended = end != null && !finished && late.isEmpty() && nextCloseMillis > end.toEpochMilli();
                if (ended && clock.running()) {
                    finished = true;
                    changed.signalAll();
                } else {
                    ended = false;
                }
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            if (ended) {
                finish();
            }
            long now = System.nanoTime();
            if (clock.running() && clock.speed() <= FASTEST_WITH_UPDATES && now - lastUpdate >= updateNanos()) {
                lastUpdate = now;
                sendUpdates();
            }
            if (now - lastPing >= PING_NANOS) {
                lastPing = now;
                streams.pingAll();
            }
        }
    }

    /** Sends all that has closed by now, in order of time. */
    private void sendDue() {
        long now = clock.instant().toEpochMilli();
        while (true) {
            Late first = late.peek();
            if (first != null && first.dueMillis() <= Math.min(now, nextCloseMillis)) {
                late.remove();
                streams.publish(
                        first.stream(), first.bar().event(first.symbol(), eventMillis(first.dueMillis()), true));
                continue;
            }
            if (nextCloseMillis > now || (end != null && nextCloseMillis > end.toEpochMilli())) {
                return;
            }
            sendClosed(nextCloseMillis - BAR.toMillis());
            nextCloseMillis += BAR.toMillis();
        }
    }

    private void sendClosed(long openMillis) {
        Instant openTime = Instant.ofEpochMilli(openMillis);
        for (SimulatedMarket market : markets.values()) {
            WireBar bar = market.at(openMillis);
            if (bar == null || faults.skipped(openTime)) {
                continue;
            }
            String symbol = market.symbol().value();
            String stream = symbol.toLowerCase(Locale.ROOT) + "@kline_1m";
            Duration delay = faults.lateBy(openTime);
            if (delay != null) {
                late.add(new Late(openMillis + BAR.toMillis() + delay.toMillis(), stream, symbol, bar));
                continue;
            }
            String event = bar.event(symbol, eventMillis(openMillis + BAR.toMillis()), true);
            if (faults.malformedBefore(openTime)) {
                streams.publish(stream, event.substring(0, event.length() / 2));
            }
            streams.publish(stream, event);
            if (faults.duplicated(openTime)) {
                streams.publish(stream, event);
            }
        }
    }

    /** Sends the open bar as far as it has come, unless it is closed by now: then its closed form comes first. */
    private void sendUpdates() {
        long now = clock.instant().toEpochMilli();
        long closes;
        lock.lock();
        try {
            closes = nextCloseMillis;
        } finally {
            lock.unlock();
        }
        if (now >= closes) {
            return;
        }
        long opened = closes - BAR.toMillis();
        double passed = Math.max(0, (now - opened) / (double) BAR.toMillis());
        for (SimulatedMarket market : markets.values()) {
            WireBar bar = market.at(opened);
            if (bar != null) {
                String symbol = market.symbol().value();
                streams.publish(
                        symbol.toLowerCase(Locale.ROOT) + "@kline_1m",
                        bar.after(passed).event(symbol, eventMillis(now), false));
            }
        }
    }

    /**
     * Event times are those of the market, not of this machine: a bar is sent in the millisecond it was due, however
     * late a busy processor really was, which at two hundred candles a second would be minutes of market time.
     */
    private long eventMillis(long due) {
        return due + faults.skew().toMillis();
    }

    /** Four updates a bar, but no more than four and no fewer than half a one a second, as Binance. */
    private long updateNanos() {
        double period = 1e9 / clock.speed() / 4;
        return (long) Math.max(250e6, Math.min(2e9, period));
    }

    private void finish() {
        log.info(
                "Archive finished: the last bar closed at {}; the market stands still there, all that was recorded stays usable",
                end);
        List<Runnable> actions;
        lock.lock();
        try {
            actions = List.copyOf(whenFinished);
        } finally {
            lock.unlock();
        }
        actions.forEach(Runnable::run);
    }

    private void withLock(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long closeAfter(Instant now) {
        return now.truncatedTo(ChronoUnit.MINUTES).plus(BAR).toEpochMilli();
    }

    private static Optional<Instant> endOf(List<? extends Tape> tapes) {
        Instant latest = Instant.MIN;
        for (Tape tape : tapes) {
            if (tape.lastOpenTime().isEmpty()) {
                return Optional.empty();
            }
            Instant close = tape.lastOpenTime().get().plus(BAR);
            latest = close.isAfter(latest) ? close : latest;
        }
        return Optional.of(latest);
    }
}
