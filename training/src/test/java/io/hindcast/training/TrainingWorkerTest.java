package io.hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.CompleteTrainingRun;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.ReleaseTrainingRun;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.artifacts.EmbeddedS3;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.market.RandomWalk;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.runtime.Outages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Tests training in its Spring configuration, on a log and a token store that survive restarts. */
@NullUnmarked
class TrainingWorkerTest {
    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(3)).minusSeconds(60);
    private static final List<Candle> BARS = RandomWalk.bars(START, 3 * 1_440, 5);

    @TempDir
    static Path folder;

    private static EmbeddedS3 s3;
    private static ArtifactStore artifacts;

    private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    private final TokenStore tokens = new InMemoryTokenStore();
    private final List<ClaimTrainingRun> begun = new CopyOnWriteArrayList<>();
    private final List<ReleaseTrainingRun> left = new CopyOnWriteArrayList<>();
    private final Outages outages = new Outages(() -> END);
    private volatile boolean mayBegin = true;
    private volatile Runnable atRound = () -> {};
    private final List<Object> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile CountDownLatch midway = new CountDownLatch(0);
    private final AtomicInteger rounds = new AtomicInteger();

    private EventStore log;
    private AnnotationConfigApplicationContext context;
    private Configuration axon;

    @BeforeAll
    static void openStore() {
        s3 = EmbeddedS3.start(folder);
        artifacts = new ArtifactStore(s3.connection().open(), "models", ArtifactStore.MissingBucket.CREATE);
    }

    @AfterAll
    static void closeStore() {
        s3.close();
    }

    @BeforeEach
    void start() {
        log = EmbeddedEventStore.builder().storageEngine(engine).build();
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(ClaimTrainingRun.class.getName(), m -> begun((ClaimTrainingRun) m.getPayload()));
        bus.subscribe(ReleaseTrainingRun.class.getName(), m -> left.add((ReleaseTrainingRun) m.getPayload()));
        bus.subscribe(CompleteTrainingRun.class.getName(), m -> succeed((CompleteTrainingRun) m.getPayload()));
        bus.subscribe(FailTrainingRun.class.getName(), m -> fail((FailTrainingRun) m.getPayload()));
        context = new AnnotationConfigApplicationContext();
        InstantSource clock = () -> END;
        context.registerBean("marketClock", InstantSource.class, () -> clock);
        context.registerBean(
                CommandGateway.class,
                () -> DefaultCommandGateway.builder().commandBus(bus).build());
        context.registerBean(CandleLog.class, () -> new CandleLog(log));
        context.registerBean(ArticleLog.class, () -> new ArticleLog(log));
        context.registerBean(SentimentLog.class, () -> new SentimentLog(log));
        context.registerBean(ArtifactStore.class, () -> artifacts);
        context.registerBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Outages.class, () -> outages);
        context.registerBean(ProgressReporter.class, this::reporter);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "hindcast.training.lightgbm.rounds",
                                "8",
                                "hindcast.training.tst.epochs",
                                "1",
                                "hindcast.training.tst.steps",
                                "3",
                                "hindcast.training.trl.epochs",
                                "1",
                                "hindcast.training.worker.idle-claim",
                                "100ms")));
        context.registerBean(TrainingConfiguration.class);
        context.refresh();
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureEventStore(c -> log)
                .registerComponent(TokenStore.class, c -> tokens);
        context.getBean(ConfigurerModule.class).configureModule(configurer);
        axon = configurer.start();
    }

    @AfterEach
    void stop() {
        midway.countDown();
        axon.shutdown();
        context.close();
    }

    @Test
    void aRunStoresAnArtifactThatReproducesTheTrainer() {
        history(BARS);
        begin(1, START, END);
        CompleteTrainingRun end = awaitEnd(CompleteTrainingRun.class);
        ModelBundle bundle = ModelBundle.read(artifacts.get(end.artifact()));
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            bundle.checkGolden(scorer);
        }
        assertThat(end.finishedAt()).isEqualTo(END);
        assertThat(end.provenance()).isEqualTo(bundle.provenance());
        assertThat(end.provenance().datasetPosition().aggregateId()).isEqualTo("BTCUSDT:1m:2022-01-03");
        assertThat(end.provenance().seed()).isEqualTo(42);
        assertThat(end.provenance().dataFrom()).isEqualTo(START);
        assertThat(end.evaluation().rows()).isPositive();
        assertThat(rounds).hasPositiveValue();
        await().until(() -> !worker().busy());
    }

    @Test
    void theSameRunGivesTheSameArtifactAgain() {
        history(BARS);
        begin(1, START, END);
        begin(2, START, END);
        await().atMost(Duration.ofSeconds(30)).until(() -> ends.size() == 2);
        assertThat(((CompleteTrainingRun) ends.get(0)).artifact())
                .isEqualTo(((CompleteTrainingRun) ends.get(1)).artifact());
    }

    @Test
    void trainsATransformerOnWindowsOfBars() {
        history(BARS);
        append(
                TrainingProgramId.of(BTC),
                new TrainingRunQueued(
                        new TrainingRunId(BTC, 1, ModelFamily.TST, 1),
                        new TrainingSpec(LabelSpec.DEFAULT, START, END, 42),
                        END));
        CompleteTrainingRun success = awaitEnd(CompleteTrainingRun.class);
        ModelBundle bundle = ModelBundle.read(artifacts.get(success.artifact()));
        assertThat(bundle.family()).isEqualTo(ModelFamily.TST);
        assertThat(bundle.rows().bars()).isEqualTo(30);
        assertThat(bundle.provenance().parameters()).containsEntry("preset", "tst-small");
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            bundle.checkGolden(scorer);
        }
    }

    @Test
    void reportsTooFewArticles() {
        history(BARS);
        append(
                TrainingProgramId.of(BTC),
                new TrainingRunQueued(
                        new TrainingRunId(BTC, 1, ModelFamily.TRL, 1),
                        new TrainingSpec(LabelSpec.DEFAULT, START, END, 42),
                        END));
        assertThat(awaitEnd(FailTrainingRun.class).failure().reason()).contains("0 articles", "BTCUSDT", "100 or more");
    }

    @Test
    void trainsOnArticlesAndTheirReactions() {
        int days = 10;
        history(RandomWalk.bars(START, days * 1_440, 5));
        Instant end = START.plus(Duration.ofDays(days)).minusSeconds(60);
        for (int hour = 1; hour < 24 * days; hour++) {
            article(hour, START.plusSeconds(3_600L * hour));
        }
        append(
                TrainingProgramId.of(BTC),
                new TrainingRunQueued(
                        new TrainingRunId(BTC, 1, ModelFamily.TRL, 1),
                        new TrainingSpec(LabelSpec.DEFAULT, START, end, 42),
                        end));
        CompleteTrainingRun success = awaitEnd(CompleteTrainingRun.class);
        ModelBundle bundle = ModelBundle.read(artifacts.get(success.artifact()));
        assertThat(bundle.family()).isEqualTo(ModelFamily.TRL);
        assertThat(bundle.rows().bars()).isZero();
        assertThat(bundle.provenance().label()).isEqualTo(new LabelSpec(720, 0.5));
        assertThat(bundle.provenance().parameters()).containsEntry("preset", "trl-small");
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            bundle.checkGolden(scorer);
        }
    }

    private void article(int number, Instant published) {
        ArticleUrl url = new ArticleUrl("https://example.com/" + number);
        ArticleId id = ArticleId.of(url);
        HeadlineDayId day = HeadlineDayId.holding(published);
        String title = number % 3 == 0 ? "Bitcoin rises again" : "Miners sell what they hold";
        append(day.toString(), new HeadlineFiled(day, id, title, List.of(BTC), id, published));
        append(
                id.toString(),
                new ArticleDiscovered(
                        id,
                        url,
                        "archive:test",
                        "Example",
                        List.of(BTC),
                        title,
                        "Hour " + number + " of the week.",
                        PublishedTime.stated(published),
                        ArticleOrigin.HISTORY,
                        published,
                        Optional.empty()));
    }

    @Test
    void reportsTooLittleDataWithTheMinimum() {
        history(BARS.subList(0, 1_440));
        begin(1, START, END);
        assertThat(awaitEnd(FailTrainingRun.class).failure().reason())
                .contains("too little data")
                .contains("1439 rows")
                .contains("2000 or more");
    }

    @Test
    void reportsMissingCandles() {
        begin(1, START, END);
        assertThat(awaitEnd(FailTrainingRun.class).failure().reason()).contains("no candles of BTCUSDT");
    }

    @Test
    void claimsARunOnlyWhenAWorkerIsFree() {
        history(BARS);
        midway = new CountDownLatch(1);
        begin(1, START, END);
        begin(2, START, END);
        await().until(() -> rounds.get() > 0);
        assertThat(begun).extracting(ClaimTrainingRun::run).containsExactly(run(1));
        midway.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> ends.size() == 2);
        assertThat(begun).extracting(ClaimTrainingRun::run).containsExactly(run(1), run(2));
    }

    @Test
    void skipsARunWhoseClaimIsRefused() {
        history(BARS);
        mayBegin = false;
        begin(1, START, END);
        await().until(() -> begun.size() == 1 && !worker().busy());
        assertThat(rounds).hasValue(0);
        assertThat(ends).isEmpty();
    }

    @Test
    void anErrorFailsTheRunWithItsReasonAndTheWorkerContinues() {
        history(BARS);
        atRound = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        begin(1, START, END);
        FailTrainingRun failed = awaitEnd(FailTrainingRun.class);
        assertThat(failed.failure().reason()).contains("out of memory", "Java heap space");
        assertThat(failed.failure().remedy()).contains("-Xmx", "hindcast.sagas.history-days");
        assertThat(failed.failure().retryable()).isFalse();
        await().untilAsserted(() -> assertThat(outages.current())
                .singleElement()
                .satisfies(outage -> {
                    assertThat(outage.part()).isEqualTo("training of lightgbm:BTCUSDT");
                    assertThat(outage.summary()).contains("BTCUSDT/1/lightgbm/1 failed", "out of memory", "-Xmx");
                }));

        atRound = () -> {};
        begin(2, START, END);
        await().atMost(Duration.ofSeconds(30)).until(() -> ends.size() == 2);
        assertThat(ends.getLast()).isInstanceOf(CompleteTrainingRun.class);
        await().untilAsserted(() -> assertThat(outages.current()).isEmpty());
    }

    @Test
    void retriesTheReportWhileTheStoreIsUnavailable() {
        history(BARS);
        refusals.set(2);
        begin(1, START, END);
        awaitEnd(CompleteTrainingRun.class);
        assertThat(refusals).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void resumesOnlyTheRunThatAShutdownInterrupted() {
        history(BARS);
        begin(1, START, END);
        awaitEnd(CompleteTrainingRun.class);
        midway = new CountDownLatch(1);
        rounds.set(0);
        begin(2, START, END);
        await().until(() -> rounds.get() > 0); // the worker is in its first round
        others(50);
        Thread closing = Thread.ofPlatform().start(worker()::close);
        await().until(() ->
                closing.getState() == Thread.State.TIMED_WAITING); // has signalled its threads and waits for them
        midway.countDown();
        await().until(() -> !closing.isAlive());
        axon.shutdown();
        context.close();
        assertThat(ends).hasSize(1);
        assertThat(left).as("an orderly stop is no crash").singleElement().satisfies(leave -> {
            assertThat(leave.run()).isEqualTo(run(2));
            assertThat(leave.worker()).isEqualTo(begun.getLast().worker());
        });
        String before = begun.getLast().worker();

        rounds.set(0);
        start();
        await().atMost(Duration.ofSeconds(30)).until(() -> ends.size() == 2);
        assertThat(((CompleteTrainingRun) ends.get(1)).run()).isEqualTo(run(2));
        assertThat(begun.getLast().worker())
                .as("the program sees another worker")
                .isNotEqualTo(before);
        others(3);
        await().until(() -> !worker().busy());
        assertThat(ends).hasSize(2);
    }

    @Test
    void cancelsARunThatItsDeadlineEnded() {
        history(BARS);
        midway = new CountDownLatch(1);
        begin(1, START, END);
        await().until(() -> rounds.get() > 0);
        append(
                TrainingProgramId.of(BTC),
                new TrainingRunFailed(run(1), new TrainingFailure("too late", "Be quick", true), END));
        begin(2, START, END);
        await().until(() -> position() >= log.createHeadToken().position().orElseThrow());
        midway.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> !ends.isEmpty());
        assertThat(((CompleteTrainingRun) ends.getFirst()).run()).isEqualTo(run(2));
    }

    @Test
    void theProcessorRefusesAReset() {
        assertThat(processor().supportsReset()).isFalse();
    }

    private ProgressReporter reporter() {
        return (name, total, unit) -> new ProgressReporter.Task() {
            @Override
            public void at(long done, String note) {
                rounds.incrementAndGet();
                atRound.run();
                try {
                    midway.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void close() {}
        };
    }

    private long position() {
        return processor()
                .processingStatus()
                .values()
                .iterator()
                .next()
                .getCurrentPosition()
                .orElse(-1);
    }

    private TrackingEventProcessor processor() {
        return (TrackingEventProcessor) axon.eventProcessingConfiguration()
                .eventProcessor(TrainingRunHandler.PROCESSOR)
                .orElseThrow();
    }

    private TrainingWorker worker() {
        return context.getBean(TrainingWorker.class);
    }

    private <T> T awaitEnd(Class<T> type) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !ends.isEmpty());
        assertThat(ends.getFirst()).isInstanceOf(type);
        return type.cast(ends.getFirst());
    }

    private static TrainingRunId run(int attempt) {
        return new TrainingRunId(BTC, 1, ModelFamily.LIGHTGBM, attempt);
    }

    private void begin(int attempt, Instant from, Instant to) {
        append(
                TrainingProgramId.of(BTC),
                new TrainingRunQueued(run(attempt), new TrainingSpec(LabelSpec.DEFAULT, from, to, 42), END));
    }

    private Object begun(ClaimTrainingRun command) {
        away();
        begun.add(command);
        return mayBegin;
    }

    private Object succeed(CompleteTrainingRun command) {
        away();
        append(
                command.programId(),
                new TrainingRunSucceeded(
                        command.run(),
                        command.artifact(),
                        command.scorer(),
                        command.provenance(),
                        command.evaluation(),
                        command.finishedAt()));
        ends.add(command);
        return command;
    }

    private Object fail(FailTrainingRun command) {
        away();
        append(command.programId(), new TrainingRunFailed(command.run(), command.failure(), command.failedAt()));
        ends.add(command);
        return command;
    }

    private void away() {
        if (refusals.getAndDecrement() > 0) {
            throw new IllegalStateException("the database is away");
        }
    }

    private void others(int count) {
        for (int i = 0; i < count; i++) {
            log.publish(new org.axonframework.eventhandling.GenericEventMessage<>("noise " + i));
        }
    }

    private void history(List<Candle> bars) {
        Predicate<LocalDate> any = day -> bars.stream().anyMatch(b -> on(b).equals(day));
        UtcDay.of(START).datesUntil(on(bars.getLast()).plusDays(1)).filter(any).forEach(day -> {
            List<Candle> ofDay = bars.stream().filter(b -> on(b).equals(day)).toList();
            append(
                    new MarketDayId(BTC, Interval.ONE_MINUTE, day).toString(),
                    new CandlesRecorded(
                            new MarketDayId(BTC, Interval.ONE_MINUTE, day),
                            CandleSource.HISTORY,
                            END,
                            Candles.of(day, ofDay),
                            ofDay.stream().map(_ -> 0).toList()));
        });
    }

    private static LocalDate on(Candle bar) {
        return UtcDay.of(bar.openTime());
    }

    private synchronized void append(String aggregateId, Object payload) {
        long sequence =
                log.lastSequenceNumberFor(aggregateId).map(last -> last + 1).orElse(0L);
        EventMessage<?> event = new GenericDomainEventMessage<>("Test", aggregateId, sequence, payload);
        log.publish(event);
    }
}
