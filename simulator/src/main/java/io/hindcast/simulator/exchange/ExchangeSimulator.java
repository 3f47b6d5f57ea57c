package io.hindcast.simulator.exchange;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Interval;
import io.hindcast.runtime.MarketClock;
import io.hindcast.simulator.tape.Tape;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exchange in this process: plays tapes over Binance's own REST and WebSocket protocol at a chosen speed, and is the
 * market's clock meanwhile. The clock is held at first, so that history can be imported up to a fixed moment;
 * {@link #run()} lets it run. When every tape has ended the clock stops at the last close and streams stay open.
 * Thread-safe.
 */
public final class ExchangeSimulator implements MarketClock, AutoCloseable {

    private final Map<String, SimulatedMarket> markets = new LinkedHashMap<>();
    private final Faults faults = new Faults();
    private final SimulatedClock clock;
    private final SimulatedRest rest;
    private final SimulatedStreams streams;
    private final SimulationPlayer player;

    /** Creates a simulator on free ports of the loopback interface. */
    public ExchangeSimulator(List<? extends Tape> tapes, Instant start, double speed) {
        this(tapes, start, speed, 0, 0, InstantSource.system());
    }

    /**
     * Creates a simulator that {@link #start()} opens.
     *
     * @param tapes one for each symbol
     * @param start market time at first
     * @param speed candles a second of wall time
     * @param restPort port of the REST interface, 0 for any free one
     * @param streamPort port of the streams, 0 for any free one
     * @param wallClock clock of the minutes in which request weight is limited
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
            if (markets.put(tape.symbol().value(), new SimulatedMarket(tape, faults.markets())) != null) {
                throw RefusedException.of("TWO_TAPES", "symbol", tape.symbol(), "to be played from one archive only");
            }
        }
        Instant end = endOf(tapes).orElse(null);
        this.clock = new SimulatedClock(start, speed);
        clock.endAt(end);
        this.rest = new SimulatedRest(markets, faults, clock, wallClock, restPort);
        this.streams = new SimulatedStreams(faults.streams(), streamPort);
        this.player = player(start, end);
        faults.streams().onDrop(streams::dropAll);
    }

    private SimulationPlayer player(Instant start, @Nullable Instant end) {
        KlinePublisher publisher = new KlinePublisher(markets.values(), faults, streams, end, start);
        return new SimulationPlayer(clock, publisher, streams, end);
    }

    /** Opens both interfaces; the clock is held. */
    public ExchangeSimulator start() {
        rest.start();
        streams.start();
        player.start();
        return this;
    }

    /** Returns the market time. */
    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public boolean awaitTime(Instant time) throws InterruptedException {
        return player.awaitTime(time);
    }

    /** Sets the held clock to {@code now}; the next bar is the one that closes first after it. */
    public void startAt(Instant now) {
        player.startAt(now);
    }

    /** Lets the clock run. */
    public void run() {
        player.run();
    }

    /** Stops the clock until the next {@link #run()}. */
    public void hold() {
        player.hold();
    }

    /** Sets the speed in candles a second of wall time. */
    public void speed(double candlesASecond) {
        player.speed(candlesASecond);
    }

    /** Returns the speed in candles a second of wall time. */
    public double speed() {
        return clock.speed();
    }

    /** Returns whether the clock runs. */
    public boolean running() {
        return clock.running();
    }

    /** Returns whether every tape has been played to its end. */
    public boolean finished() {
        return player.finished();
    }

    /**
     * Adds an action that is run once when every tape has been played to its end, on the simulator's own thread; it
     * must be quick.
     */
    public void onFinished(Runnable action) {
        player.onFinished(action);
    }

    /** Returns the faults, to switch them. */
    public Faults faults() {
        return faults;
    }

    /** Returns the base address of the REST interface. */
    public URI restUrl() {
        return rest.url();
    }

    /** Returns the base address of the streams. */
    public URI streamUrl() {
        return streams.url();
    }

    /** Returns the number of open stream connections. */
    public int connections() {
        return streams.connections();
    }

    /** Returns the number of stream connections accepted so far. */
    public int accepted() {
        return streams.accepted();
    }

    /** Returns the tapes played. */
    public List<Tape> tapes() {
        return markets.values().stream().map(SimulatedMarket::tape).toList();
    }

    @Override
    public void close() {
        player.close();
        rest.stop();
        streams.stop();
        player.awaitEnd();
    }

    private static Optional<Instant> endOf(List<? extends Tape> tapes) {
        Instant latest = Instant.MIN;
        for (Tape tape : tapes) {
            if (tape.lastOpenTime().isEmpty()) {
                return Optional.empty();
            }
            Instant close = Interval.ONE_MINUTE.closeOf(tape.lastOpenTime().get());
            latest = close.isAfter(latest) ? close : latest;
        }
        return Optional.of(latest);
    }
}
