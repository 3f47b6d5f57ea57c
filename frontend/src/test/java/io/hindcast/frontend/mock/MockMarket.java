package io.hindcast.frontend.mock;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** One-minute bars of a seeded random walk; bars can be removed and appended. */
public final class MockMarket {

    public static final Instant FIRST = Instant.parse("2022-01-01T00:00:00Z");
    private static final int ROOM = 5_000;

    private double[] close;
    private int size;

    public MockMarket(int bars) {
        close = new double[bars + ROOM];
        Random random = new Random(7);
        double price = 46_000;
        double drift = 0;
        for (int i = 0; i < bars; i++) {
            if (i % 600 == 0) {
                drift = random.nextGaussian() * 0.00004;
            }
            price *= 1 + drift + random.nextGaussian() * 0.0006;
            close[i] = price;
        }
        size = bars;
    }

    /** Appends a bar with this close and returns its minute. */
    public synchronized int append(double price) {
        if (size == close.length) {
            close = Arrays.copyOf(close, size + ROOM);
        }
        close[size] = price;
        return size++;
    }

    /** Removes bars. */
    public synchronized void leaveOut(int from, int to) {
        for (int i = from; i <= to; i++) {
            close[i] = Double.NaN;
        }
    }

    public synchronized int size() {
        return size;
    }

    public synchronized double close(int minute) {
        return close[minute];
    }

    public double open(int minute) {
        double before = minute == 0 ? Double.NaN : close(minute - 1);
        return Double.isNaN(before) ? close(minute) : before;
    }

    private double wick(int minute) {
        return close(minute) * 0.0002 * (1 + Math.floorMod(minute * 31, 7) / 3.0);
    }

    public double high(int minute) {
        return Math.max(open(minute), close(minute)) + wick(minute);
    }

    public double low(int minute) {
        return Math.min(open(minute), close(minute)) - wick(minute);
    }

    public double volume(int minute) {
        return 4 + Math.abs(Math.sin(minute / 90.0)) * 12 + Math.floorMod(minute * 7919, 23);
    }

    public boolean has(int minute) {
        return minute >= 0 && minute < size() && !Double.isNaN(close(minute));
    }

    public static Instant time(int minute) {
        return FIRST.plusSeconds(60L * minute);
    }

    public static int minute(Instant time) {
        return (int) Math.floorDiv(time.getEpochSecond() - FIRST.getEpochSecond(), 60L);
    }

    /** Returns the signal of version 1, 2 or 3 about a minute: −1, 0 or 1. */
    public int signal(int version, int minute) {
        int ahead = Math.min(size() - 1, minute + 5 + version);
        double r = has(ahead) && has(minute) ? close(ahead) / close(minute) - 1 : 0;
        double noise = (Math.floorMod(minute * 2_654_435_761L + version * 97L, 1000) - 500) / 400_000.0;
        double score = r + noise;
        return score > 0.0008 ? 1 : score < -0.0008 ? -1 : 0;
    }
}
