package io.hindcast.news.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.runtime.FakeWallTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HostRateLimiterTest {

    private final FakeWallTimer waits = new FakeWallTimer(Instant.parse("2022-02-01T09:00:00Z"));
    private final HostRateLimiter limiter = new HostRateLimiter(2, waits);

    private HostRateLimiter.Permit enter(String host) {
        try {
            return limiter.acquire(host, Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void limitsConcurrentRequestsToHost() {
        HostRateLimiter.Permit first = enter("a");
        enter("a");
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        CompletableFuture<HostRateLimiter.Permit> third = CompletableFuture.supplyAsync(() -> {
            waiting.complete(Thread.currentThread());
            return enter("a");
        });
        await().until(() -> waiting.join().getState() == Thread.State.WAITING);
        enter("b");
        assertThat(third).isNotDone();
        first.close();
        assertThat(third).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void pausesHostsIndependently() throws Exception {
        for (String host : new String[] {"a", "b", "a", "b"}) {
            limiter.acquire(host, Duration.ofSeconds(2)).close();
        }
        assertThat(waits.pauses())
                .as("the second host's pause ends with the first one's")
                .containsExactly(Duration.ofSeconds(2));
    }
}
