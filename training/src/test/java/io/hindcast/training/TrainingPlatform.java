package io.hindcast.training;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.FindRunReport;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.RunReport;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.command.rental.RentalBudget;
import io.hindcast.command.training.RunProgress;
import io.hindcast.command.training.TrainingProgram;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.market.RandomWalk;
import io.hindcast.history.model.ModelLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.hindcast.training.compute.WorkerProgram;
import io.hindcast.training.run.Contacts;
import io.hindcast.training.run.TrainingLog;
import io.hindcast.worker.WorkerMain;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The training room with its real aggregates, web server and worker processes, on a log in memory that survives its
 * restarts.
 */
@NullUnmarked
final class TrainingPlatform implements AutoCloseable {

    static final Symbol BTC = new Symbol("BTCUSDT");
    static final Instant START = Instant.parse("2022-01-01T00:00:00Z");

    private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    private final TokenStore tokens = new InMemoryTokenStore();
    private final ArtifactStore artifacts;
    private final Map<String, Object> settings = new HashMap<>();
    private final Outages outages = new Outages(InstantSource.system());

    private Class<?> worker = WorkerMain.class;
    private EventStore log;
    private Configuration axon;
    private ConfigurableApplicationContext context;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(TrainingConfiguration.class)
    static class Application {}

    /** @param days of history, from {@link #START} on */
    TrainingPlatform(ArtifactStore artifacts, Path folder, int days) {
        this.artifacts = artifacts;
        set("server.port", "0");
        set("hindcast.training.local.folder", folder.resolve("workers").toString());
        set("hindcast.training.worker.heartbeat", "200ms");
        set("hindcast.training.worker.silence", "30s");
        set("hindcast.training.lightgbm.rounds", "12");
        set("hindcast.training.lightgbm.threads", "1");
        set("hindcast.training.tst.epochs", "1");
        set("hindcast.training.tst.steps", "5");
        log = store();
        for (int day = 0; day < days; day++) {
            Instant midnight = START.plus(Duration.ofDays(day));
            MarketDayId id = new MarketDayId(BTC, Interval.ONE_MINUTE, UtcDay.of(midnight));
            var bars = RandomWalk.bars(midnight, 1_440, day);
            append(
                    id.toString(),
                    new CandlesRecorded(
                            id,
                            CandleSource.HISTORY,
                            midnight.plus(Duration.ofDays(1)),
                            Candles.of(id.day(), bars),
                            bars.stream().map(bar -> 0).toList()));
        }
    }

    private EventStore store() {
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    TrainingPlatform set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** Starts another program as worker. */
    TrainingPlatform withWorker(Class<?> main) {
        worker = main;
        return this;
    }

    void append(String id, Object payload) {
        long sequence = log.lastSequenceNumberFor(id).map(last -> last + 1).orElse(0L);
        log.publish(new GenericDomainEventMessage<>("Test", id, sequence, payload));
    }

    TrainingPlatform start() {
        log = store();
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(settings);
        application.setRegisterShutdownHook(false);
        application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) this::register);
        context = application.run();
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
        configurer
                .configureEventStore(c -> log)
                .registerComponent(TokenStore.class, c -> tokens)
                .registerQueryHandler(c -> new Markets())
                .configureAggregate(TrainingProgram.class)
                .configureAggregate(RunProgress.class)
                .configureAggregate(RentalBudget.class);
        context.getBeansOfType(ConfigurerModule.class).values().forEach(module -> module.configureModule(configurer));
        axon = configurer.buildConfiguration();
        axon.start();
        return this;
    }

    private void register(GenericApplicationContext spring) {
        InstantSource clock = InstantSource.system();
        WallTimer timer = WallTimer.system();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        spring.registerBean("marketClock", InstantSource.class, () -> clock);
        spring.registerBean("wallClock", InstantSource.class, () -> clock);
        spring.registerBean(TokenStore.class, () -> tokens);
        spring.registerBean(EventStore.class, () -> log);
        spring.registerBean(
                CommandGateway.class, () -> axon.commandGateway(), definition -> definition.setLazyInit(true));
        spring.registerBean(CandleLog.class, () -> new CandleLog(log));
        spring.registerBean(ArticleLog.class, () -> new ArticleLog(log));
        spring.registerBean(SentimentLog.class, () -> new SentimentLog(log));
        spring.registerBean(ModelLog.class, () -> new ModelLog(log));
        spring.registerBean(ArtifactStore.class, () -> artifacts);
        spring.registerBean(SimpleMeterRegistry.class, () -> meters);
        spring.registerBean(Outages.class, () -> outages);
        spring.registerBean(WallTimer.class, () -> timer);
        spring.registerBean(ProgressReporter.class, () -> ProgressReporter.NONE);
        spring.registerBean(
                SupervisedLoop.Context.class,
                () -> new SupervisedLoop.Context(
                        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1)),
                        timer,
                        new Random(1),
                        outages,
                        meters));
        spring.registerBean(PlatformAddress.class, () -> () -> Optional.of(address()));
        spring.registerBean(
                WorkerProgram.class,
                () -> WorkerProgram.ofThisProcess(List.of("-XX:TieredStopAtLevel=1"), worker.getName()));
    }

    /** Public for Axon, which calls it by reflection. */
    public static final class Markets {

        @QueryHandler
        public MarketViews handle(FindMarkets query) {
            return new MarketViews(List.of());
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort());
    }

    /** Stops in good order, as a signal does. */
    void stop() {
        axon.shutdown();
        context.close();
    }

    /** Ends the platform as a kill does: its workers live on. */
    void abandon() {
        axon.shutdown();
        ((WebServerApplicationContext) context).getWebServer().stop();
    }

    TrainingRunId queue(int cycle, ModelFamily family, int days) {
        Instant end = START.plus(Duration.ofDays(days)).minusSeconds(60);
        send(new RequestTrainingCycle(
                BTC, "test", List.of(family), new TrainingSpec(LabelSpec.DEFAULT, START, end, 42), end));
        Events.await(
                Duration.ofSeconds(60),
                () -> !context.getBean(TrainingLog.class).cycle(BTC).awaitsDataset());
        TrainingRunId run = new TrainingRunId(BTC, cycle, family, 1);
        send(new QueueTrainingRun(BTC, run, end));
        return run;
    }

    void endCycle(int cycle) {
        send(new EndTrainingCycle(BTC, cycle, Instant.now()));
    }

    Object send(Object command) {
        return axon.commandGateway().sendAndWait(command);
    }

    /** Returns the events of the program. */
    <E> List<E> events(Class<E> type) {
        return events(TrainingProgramId.of(BTC), type);
    }

    <E> List<E> events(String aggregate, Class<E> type) {
        List<E> found = new ArrayList<>();
        DomainEventStream stream = log.readEvents(aggregate, 0);
        while (stream.hasNext()) {
            Object payload = stream.next().getPayload();
            if (type.isInstance(payload)) {
                found.add(type.cast(payload));
            }
        }
        return found;
    }

    /** Blocks until there are as many events of a type. */
    <E> E await(Class<E> type, int count) {
        Events.await(Duration.ofSeconds(90), () -> events(type).size() >= count);
        return events(type).get(count - 1);
    }

    Outages outages() {
        return outages;
    }

    /** Returns the worker processes that live. */
    List<ProcessHandle> workers() {
        try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
            return all.filter(TrainingPlatform::isWorker).toList();
        }
    }

    private static boolean isWorker(ProcessHandle process) {
        try {
            // The JDK's own view of long command lines has no arguments.
            return Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("hindcast-btcusdt-");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns what a run's worker reported last. */
    Optional<RunReport> report(TrainingRunId run) {
        return context.getBean(Contacts.class).handle(new FindRunReport(run));
    }

    @Override
    public void close() {
        workers().forEach(ProcessHandle::destroyForcibly);
        if (context != null && context.isActive()) {
            stop();
        }
    }

    /** Waits. */
    private static final class Events {
        static void await(Duration time, Callable<Boolean> condition) {
            Awaitility.await().atMost(time).pollInterval(Duration.ofMillis(50)).until(condition);
        }
    }
}
