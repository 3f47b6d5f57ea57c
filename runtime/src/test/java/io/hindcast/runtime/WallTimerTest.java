package io.hindcast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WallTimerTest {

    private final WallTimer timer = WallTimer.system();

    @Test
    void runsActionsAfterOneThatFailedWithAnError() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);

        timer.after(Duration.ofMillis(1), () -> {
            throw new StackOverflowError("test");
        });
        timer.after(Duration.ofMillis(5), done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNotRunCancelledActions() throws InterruptedException {
        AtomicBoolean ran = new AtomicBoolean();
        CountDownLatch later = new CountDownLatch(1);

        WallTimer.Cancellable cancelled = timer.after(Duration.ofMillis(20), () -> ran.set(true));
        cancelled.cancel();
        timer.after(Duration.ofMillis(60), later::countDown);

        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isFalse();
    }
}
