package io.hindcast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SupervisedLoopTest {

    private static final String PART = "article reader";
    private static final String REMEDY = "Nothing has to be done, it is tried again.";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A timer that records its pauses and ends each one only when the test allows it. */
    private static final class Gate implements WallTimer {
        private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
        private final Semaphore open = new Semaphore(0);

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            pauses.add(time);
            open.acquire();
        }

        @Override
        public Cancellable after(Duration time, Runnable action) {
            throw new UnsupportedOperationException();
        }
    }

    private final Gate gate = new Gate();
    private final Outages outages = new Outages(InstantSource.fixed(Instant.EPOCH));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SupervisedLoop.Context loopContext = new SupervisedLoop.Context(
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(4)), gate, new Random(1), outages, meters);

    /** Exceptions of the next turns, or {@link #nothing} for a successful one; a turn blocks until it has an entry. */
    private final BlockingQueue<Throwable> script = new LinkedBlockingQueue<>();

    private final Throwable nothing = new Throwable("a successful turn");

    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final SupervisedLoop loop =
            new SupervisedLoop(PART, REMEDY, loopContext, this::turn, ends::incrementAndGet);

    private void turn() throws Exception {
        Throwable next = script.take();
        turns.incrementAndGet();
        switch (next) {
            case Exception e -> throw e;
            case Error e -> throw e;
            default -> {
                // a successful turn
            }
        }
    }

    private void awaitTurns(int count) {
        await().atMost(PATIENCE).until(() -> turns.get() == count);
    }

    private void awaitPauses(int count) {
        await().atMost(PATIENCE).until(() -> gate.pauses.size() == count);
    }

    @AfterEach
    void stop() {
        loop.stop(PATIENCE);
    }

    private static List<Throwable> possibleFailures() {
        return List.of(
                new IllegalStateException("the store is away"),
                new OutOfMemoryError("Java heap space"),
                new LinkageError("io/hindcast/Missing"),
                new StackOverflowError(),
                new AssertionError("impossible"),
                new InterruptedException("by somebody else"));
    }

    @ParameterizedTest
    @MethodSource("possibleFailures")
    void survivesAndReportsEveryFailure(Throwable failure) {
        loop.start();
        script.add(failure);
        awaitPauses(1);

        assertThat(outages.current()).singleElement().satisfies(outage -> {
            assertThat(outage.part()).isEqualTo(PART);
            assertThat(outage.severity()).isEqualTo(Outage.Severity.DOWN);
            assertThat(outage.problem())
                    .startsWith("The article reader does not work: ")
                    .contains(FailureReason.of(failure));
            assertThat(outage.remedy()).isEqualTo(REMEDY);
        });
        assertThat(meters.get("hindcast.loop.failures")
                        .tag("part", PART)
                        .counter()
                        .count())
                .isEqualTo(1);

        script.add(nothing);
        script.add(nothing);
        gate.open.release();
        awaitTurns(3);

        assertThat(loop.isRunning()).isTrue();
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void survivesARealStackOverflow() {
        SupervisedLoop deep = new SupervisedLoop("deep", REMEDY, loopContext, () -> {
            if (turns.incrementAndGet() == 1) {
                down(0);
            }
            new CountDownLatch(1).await();
        });
        deep.start();
        awaitPauses(1);
        gate.open.release();
        awaitTurns(2);
        assertThat(deep.isRunning()).isTrue();
        deep.stop(PATIENCE);
        assertThat(outages.current()).isEmpty();
    }

    private static long down(long depth) {
        return depth == Long.MAX_VALUE ? 0 : 1 + down(depth + 1);
    }

    @Test
    void pausesGrowWithConsecutiveFailuresAndStartOverAfterASuccess() {
        loop.start();
        for (int i = 0; i < 5; i++) {
            script.add(new IllegalStateException("away"));
        }
        script.add(nothing);
        script.add(new IllegalStateException("away again"));
        gate.open.release(5);
        awaitPauses(6);

        long[] full = {500, 1_000, 2_000, 4_000, 4_000, 500};
        for (int i = 0; i < full.length; i++) {
            assertThat(gate.pauses.get(i).toMillis()).as("pause %d", i).isBetween(full[i] / 2, full[i]);
        }
    }

    @Test
    void theFirstSuccessfulTurnEndsTheOutage() {
        loop.start();
        script.add(new IllegalStateException("first"));
        script.add(new IllegalStateException("second"));
        gate.open.release();
        awaitPauses(2);
        assertThat(outages.current())
                .singleElement()
                .satisfies(outage -> assertThat(outage.problem()).endsWith("second"));

        gate.open.release();
        script.add(nothing);

        await().atMost(PATIENCE).until(() -> outages.current().isEmpty());
    }

    @Test
    void stoppingInterruptsATurnAndEndsTheOutage() {
        loop.start();
        script.add(new IllegalStateException("away"));
        gate.open.release();
        awaitPauses(1);
        await().atMost(PATIENCE).until(() -> !outages.current().isEmpty());

        loop.stop(PATIENCE);

        assertThat(loop.isRunning()).isFalse();
        assertThat(ends).hasValue(1);
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void stoppingDuringAPauseEndsTheLoopAndItsOutage() {
        loop.start();
        script.add(new OutOfMemoryError("Java heap space"));
        awaitPauses(1);

        loop.stop(PATIENCE);

        assertThat(ends).hasValue(1);
        assertThat(outages.current()).isEmpty();
        assertThat(turns).hasValue(1);
    }

    @Test
    void stoppingTwiceCallsAtEndOnce() {
        loop.start();
        loop.start();
        loop.stop(PATIENCE);
        loop.stop(PATIENCE);

        assertThat(ends).hasValue(1);
    }

    @Test
    void stoppingAnUnstartedLoopDoesNotCallAtEnd() {
        loop.stop(PATIENCE);

        assertThat(ends).hasValue(0);
    }

    @Test
    void canBeStartedAgainAfterAStop() {
        loop.start();
        script.add(nothing);
        awaitTurns(1);
        loop.stop(PATIENCE);
        loop.start();
        script.add(nothing);
        awaitTurns(2);

        assertThat(loop.isRunning()).isTrue();
        assertThat(ends).hasValue(1);
    }

    @Test
    void turnsOfALateRunNeverOverlapWithThoseOfTheNextRun() throws InterruptedException {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        SupervisedLoop stubborn = new SupervisedLoop(
                "stubborn",
                REMEDY,
                loopContext,
                () -> {
                    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    begun.incrementAndGet();
                    awaitUninterruptibly(release);
                    atWork.decrementAndGet();
                    if (begun.get() == 1) {
                        throw new IllegalStateException("late failure of the first run");
                    }
                    script.take();
                },
                ends::incrementAndGet);
        stubborn.start();
        await().atMost(PATIENCE).until(() -> begun.get() == 1);
        stubborn.stop(Duration.ofMillis(20));
        stubborn.start();
        assertThat(begun).hasValue(1);

        release.countDown();
        await().atMost(PATIENCE).until(() -> begun.get() == 2);

        assertThat(most).hasValue(1);
        assertThat(ends).hasValue(1);
        assertThat(outages.current()).isEmpty();
        stubborn.stop(PATIENCE);
        assertThat(ends).hasValue(2);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                if (latch.await(10, TimeUnit.SECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endsTheOutageOfALoopThatDoesNotStopInTime() {
        CountDownLatch release = new CountDownLatch(1);
        SupervisedLoop stuck = new SupervisedLoop("stuck", REMEDY, loopContext, () -> {
            if (turns.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            awaitUninterruptibly(release);
        });
        gate.open.release();
        stuck.start();
        awaitTurns(2);
        assertThat(outages.current()).hasSize(1);

        stuck.stop(Duration.ofMillis(20));

        assertThat(outages.current()).isEmpty();
        release.countDown();
    }

    @Test
    void clearsAnInterruptBetweenTurns() {
        AtomicReference<@Nullable Boolean> seen = new AtomicReference<>();
        SupervisedLoop careless = new SupervisedLoop("careless", REMEDY, loopContext, () -> {
            if (turns.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
            } else {
                seen.compareAndSet(null, Thread.currentThread().isInterrupted());
                script.take();
            }
        });
        careless.start();
        await().atMost(PATIENCE).until(() -> seen.get() != null);

        assertThat(seen).hasValue(false);
        assertThat(careless.isRunning()).isTrue();
        careless.stop(PATIENCE);
    }

    @Test
    void pausesAfterAForeignInterrupt() {
        loop.start();
        script.add(new InterruptedException("a future was cancelled"));
        script.add(new InterruptedException("a future was cancelled"));
        awaitPauses(1);

        assertThat(turns).hasValue(1);
    }

    @Test
    void aForeignInterruptOfThePauseOnlyEndsThePause() {
        loop.start();
        script.add(new IllegalStateException("away"));
        awaitPauses(1);

        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("article-reader") && thread.isAlive())
                .forEach(Thread::interrupt);
        script.add(nothing);
        awaitTurns(2);

        assertThat(loop.isRunning()).isTrue();
        assertThat(ends).hasValue(0);
    }

    @Test
    void survivesAnErrorWhileReporting() {
        SimpleMeterRegistry broken = new SimpleMeterRegistry() {
            @Override
            protected Counter newCounter(Meter.Id id) {
                return new Counter() {
                    @Override
                    public void increment(double amount) {
                        throw new OutOfMemoryError("GC overhead limit exceeded");
                    }

                    @Override
                    public double count() {
                        return 0;
                    }

                    @Override
                    public Id getId() {
                        return id;
                    }
                };
            }
        };
        SupervisedLoop poor = new SupervisedLoop(
                PART,
                REMEDY,
                new SupervisedLoop.Context(loopContext.backoff(), gate, loopContext.random(), outages, broken),
                this::turn);
        poor.start();
        script.add(new OutOfMemoryError("Java heap space"));
        awaitPauses(1);
        assertThat(outages.current()).hasSize(1);
        script.add(nothing);
        script.add(nothing);
        gate.open.release();
        awaitTurns(3);

        assertThat(outages.current()).isEmpty();
        poor.stop(PATIENCE);
    }

    @Test
    void endsTheOutageEvenIfAtEndFails() {
        SupervisedLoop bad = new SupervisedLoop(PART, REMEDY, loopContext, this::turn, () -> {
            ends.incrementAndGet();
            throw new OutOfMemoryError("Java heap space");
        });
        bad.start();
        script.add(new IllegalStateException("away"));
        awaitPauses(1);

        bad.stop(PATIENCE);

        assertThat(ends).hasValue(1);
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void aTurnMayStopItsOwnLoop() {
        AtomicReference<@Nullable SupervisedLoop> self = new AtomicReference<>();
        SupervisedLoop once = new SupervisedLoop(
                "once",
                REMEDY,
                loopContext,
                () -> {
                    turns.incrementAndGet();
                    SupervisedLoop running = self.get();
                    if (running != null) {
                        running.stop(PATIENCE);
                    }
                },
                ends::incrementAndGet);
        self.set(once);
        once.start();

        await().atMost(PATIENCE).until(() -> ends.get() == 1);
        assertThat(turns).hasValue(1);
        assertThat(once.isRunning()).isFalse();
    }

    @Test
    void aPeriodicLoopPausesBeforeEachTurnAndSurvivesErrors() {
        SupervisedLoop periodic = SupervisedLoop.every(Duration.ofSeconds(2), "disk watch", REMEDY, loopContext, () -> {
            if (turns.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("java/nio/file/FileStore");
            }
        });
        periodic.start();
        awaitPauses(1);
        assertThat(turns).hasValue(0);

        gate.open.release();
        awaitPauses(2);
        assertThat(outages.current())
                .singleElement()
                .satisfies(outage -> assertThat(outage.problem())
                        .isEqualTo("The disk watch does not work: NoClassDefFoundError: java/nio/file/FileStore"));
        gate.open.release(2);
        await().atMost(PATIENCE).until(() -> turns.get() == 2);
        awaitPauses(4);

        assertThat(outages.current()).isEmpty();
        assertThat(gate.pauses.getFirst()).isEqualTo(Duration.ofSeconds(2));
        assertThat(gate.pauses.get(3)).isEqualTo(Duration.ofSeconds(2));
        periodic.stop(PATIENCE);
    }

    @Test
    void reasonNamesTheRootCauseEvenInACycle() {
        assertThat(FailureReason.of(new IllegalStateException("outer", new IllegalArgumentException("inner"))))
                .isEqualTo("inner");
        assertThat(FailureReason.of(new OutOfMemoryError("Java heap space")))
                .isEqualTo("OutOfMemoryError: Java heap space");
        assertThat(FailureReason.of(new NullPointerException())).isEqualTo("NullPointerException");
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);
        assertThat(FailureReason.of(one)).isIn("one", "two");
    }
}
