package io.hindcast.feeds.market;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Services and settings that the feeds of all symbols share.
 *
 * @param prerequisite awaited before a market goes live
 */
public record FeedContext(
        FeedSettings settings,
        BinanceRest rest,
        MarketBus bus,
        SupervisedLoop.Context loop,
        InstantSource wallClock,
        ProgressReporter progress,
        GoLivePrerequisite prerequisite) {

    WallTimer waits() {
        return loop.waits();
    }

    RandomGenerator random() {
        return loop.random();
    }

    Outages outages() {
        return loop.outages();
    }

    /**
     * Returns the wait after a number of failures in a row of something outside this process.
     *
     * @param failures in a row, 1 or more
     * @param atLeast shortest wait that the other side accepts
     */
    Duration outageWait(int failures, Duration atLeast) {
        Duration wait = settings.outageBackoff().after(failures, random());
        return wait.compareTo(atLeast) > 0 ? wait : atLeast;
    }
}
