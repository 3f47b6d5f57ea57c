package io.hindcast.app;

import io.hindcast.console.StartFailure;
import io.hindcast.simulator.exchange.RemoteClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Connects to the clock of a market that another process simulates. */
final class RemoteMarketClock {

    private static final int ATTEMPTS = 60;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private RemoteMarketClock() {}

    /** Connects to the clock at an address, and retries for half a minute, because processes start in any order. */
    static RemoteClock connect(String address) {
        try {
            URI url = URI.create(address.strip());
            for (int attempt = 1; ; attempt++) {
                try {
                    return new RemoteClock(url);
                } catch (IOException e) {
                    if (attempt == ATTEMPTS) {
                        throw new StartFailure(
                                "The market's clock at " + address + " (hindcast.market-clock) does not answer: " + e
                                        + ". Start the process that simulates the market, with"
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
            throw new StartFailure("Interrupted while connecting to the market's clock.", e);
        }
    }
}
