package io.hindcast.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskSpaceMonitorTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void reportsAFullDiskUntilThereIsEnoughSpace() {
        Outages outages = new Outages(InstantSource.system());
        AtomicLong free = new AtomicLong(1_000 * MIB);
        SupervisedLoop.Context loopContext = new SupervisedLoop.Context(
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                WallTimer.system(),
                new Random(1),
                outages,
                new SimpleMeterRegistry());
        try (DiskSpaceMonitor monitor = new DiskSpaceMonitor(Path.of("/data"), free::get, loopContext)) {
            monitor.check();
            assertThat(outages.current()).isEmpty();
            free.set(10 * MIB);
            monitor.check();
            monitor.check();
            assertThat(outages.current())
                    .singleElement()
                    .satisfies(outage ->
                            assertThat(outage.summary()).contains("/data is full (10 MiB left)", "Free some space"));
            free.set(50 * MIB);
            monitor.check();
            assertThat(outages.current())
                    .as("a little free space does not end the outage")
                    .hasSize(1);
            free.set(500 * MIB);
            monitor.check();
            assertThat(outages.current()).isEmpty();
        }
    }
}
