package io.hindcast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private final Waits waits = Waits.real();

    @Test
    void runsLaterActionsAfterOneFailedWithAnError() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);

        waits.after(Duration.ofMillis(1), () -> {
            throw new StackOverflowError("test");
        });
        waits.after(Duration.ofMillis(5), done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNotRunWhatWasCancelled() throws InterruptedException {
        AtomicBoolean ran = new AtomicBoolean();
        CountDownLatch later = new CountDownLatch(1);

        Waits.Cancellable cancelled = waits.after(Duration.ofMillis(20), () -> ran.set(true));
        cancelled.cancel();
        waits.after(Duration.ofMillis(60), later::countDown);

        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isFalse();
    }
}
