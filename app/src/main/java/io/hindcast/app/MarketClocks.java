package io.hindcast.app;

import io.hindcast.console.StartFailure;
import io.hindcast.simulator.exchange.RemoteClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Finds the clock of a market that another process plays. */
final class MarketClocks {

    private static final int ATTEMPTS = 60;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private MarketClocks() {}

    /** Waits half a minute for it: processes are started in any order. */
    static RemoteClock at(String address) {
        try {
            URI url = URI.create(address.strip());
            for (int attempt = 1; ; attempt++) {
                try {
                    return new RemoteClock(url);
                } catch (IOException e) {
                    if (attempt == ATTEMPTS) {
                        throw new StartFailure(
                                "The market's clock at " + address + " (hindcast.market-clock) does not answer: " + e
                                        + ". Start the process that plays the market, with"
                                        + " hindcast.simulator.port set to that port.",
                                e);
                    }
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "hindcast.market-clock was '" + address + "', expected an address such as http://127.0.0.1:8090.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while the market's clock was asked for.", e);
        }
    }
}
