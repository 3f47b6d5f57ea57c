package io.hindcast.app.market;

import io.hindcast.feeds.market.GoLiveHook;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the simulated market's clock until the feed is live. The clock continues where the last run ended, or begins
 * where the market goes live.
 */
record SimulatorGoLiveHook(ExchangeSimulator simulator, Instant liveFrom) implements GoLiveHook {

    private static final Logger log = LoggerFactory.getLogger(SimulatorGoLiveHook.class);

    @Override
    public void beforeStreams(List<Instant> continueAt) {
        simulator.startAt(continueAt.stream().min(Instant::compareTo).orElse(liveFrom));
    }

    @Override
    public boolean streaming() {
        return simulator.connections() > 0;
    }

    @Override
    public void live() {
        simulator.run();
        log.info("The market's clock runs from {} at {} candles per second", simulator.instant(), simulator.speed());
    }
}
