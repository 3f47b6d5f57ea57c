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
 * Everything that the feeds of all symbols share.
 *
 * @param otherHistory what must be recorded, too, before a market goes live
 */
public record FeedGround(
        FeedSettings settings,
        BinanceRest rest,
        MarketBus bus,
        SupervisedLoop.Ground loop,
        InstantSource wallClock,
        ProgressReporter progress,
        OtherHistory otherHistory) {

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
     * How long to wait after the {@code failures}-th failure in a row of something outside, and no less than
     * {@code atLeast}.
     */
    Duration outageWait(int failures, Duration atLeast) {
        Duration wait = settings.outageBackoff().after(failures, random());
        return wait.compareTo(atLeast) > 0 ? wait : atLeast;
    }
}
