package io.hindcast.simulator.exchange;

import io.hindcast.api.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Market clock of a simulation: held, or running at {@code speed} candles (minutes) a second of wall time, never past
 * its end. Thread-safe; it never goes back while it runs.
 */
public final class SimulatedClock implements InstantSource {

    private record Anchor(long wallNanos, Instant market, double speed, boolean running) {}

    private final LongSupplier nanoTime;
    private volatile Anchor anchor;
    private volatile @Nullable Instant end;

    /** Creates a held clock that shows {@code start}. */
    public SimulatedClock(Instant start, double speed) {
        this(start, speed, System::nanoTime);
    }

    SimulatedClock(Instant start, double speed, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.anchor = new Anchor(nanoTime.getAsLong(), start, checked(speed), false);
    }

    @Override
    public Instant instant() {
        Anchor a = anchor;
        if (!a.running()) {
            return a.market();
        }
        double elapsed = nanoTime.getAsLong() - a.wallNanos();
        Instant now = a.market().plusNanos((long) (elapsed * 60 * a.speed()));
        Instant last = end;
        return last != null && now.isAfter(last) ? last : now;
    }

    /** Returns the speed in candles a second of wall time. */
    public double speed() {
        return anchor.speed();
    }

    /** Returns whether the clock is not held. */
    public boolean running() {
        return anchor.running();
    }

    /** Returns whether the clock has reached its end. */
    public boolean ended() {
        Instant last = end;
        return last != null && !instant().isBefore(last);
    }

    synchronized void set(Instant market) {
        anchor = new Anchor(nanoTime.getAsLong(), market, anchor.speed(), anchor.running());
    }

    synchronized void endAt(@Nullable Instant last) {
        end = last;
    }

    synchronized void run() {
        anchor = new Anchor(nanoTime.getAsLong(), instant(), anchor.speed(), true);
    }

    synchronized void hold() {
        anchor = new Anchor(nanoTime.getAsLong(), instant(), anchor.speed(), false);
    }

    synchronized void speed(double candlesASecond) {
        anchor = new Anchor(nanoTime.getAsLong(), instant(), checked(candlesASecond), anchor.running());
    }

    /** Returns the wall time until the clock shows {@code market}, 0 if it does, the longest time while it is held. */
    long nanosUntil(Instant market) {
        Anchor a = anchor;
        if (!a.running()) {
            return market.isAfter(a.market()) ? Long.MAX_VALUE : 0;
        }
        Duration ahead = Duration.between(a.market(), market);
        double due = (ahead.getSeconds() * 1e9 + ahead.getNano()) / (60 * a.speed());
        return Math.max(0, (long) Math.ceil(due - (nanoTime.getAsLong() - a.wallNanos())));
    }

    private static double checked(double speed) {
        if (!(speed > 0 && speed <= 10_000)) {
            throw RefusedException.of("BAD_SPEED", "speed", speed, "above 0 and at most 10000 candles a second");
        }
        return speed;
    }
}
