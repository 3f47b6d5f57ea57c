package io.hindcast.inference;

import io.hindcast.api.RefusedException;
import io.hindcast.api.audit.CompleteAudit;
import io.hindcast.api.audit.FailAudit;
import io.hindcast.api.audit.RecordAuditDays;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketId;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.BeginBackfill;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.RequestBackfill;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.prediction.RecordBackfillDay;
import io.hindcast.api.prediction.RecordBackfillScores;
import io.hindcast.api.prediction.RecordPredictions;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.audit.AuditLog;
import io.hindcast.history.audit.AuditedCandles;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.market.DayFiles;
import io.hindcast.history.model.ModelHistory;
import io.hindcast.history.model.ModelLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.history.prediction.PredictionLog;
import io.hindcast.inference.model.ModelSource;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * A log that outlives processes, simple versions of the aggregates' rules, and this room wired as in production, which
 * can be killed and restarted.
 */
final class TestPlatform implements AutoCloseable {
    static final Symbol BTC = new Symbol("BTCUSDT");
    static final ModelId MODEL = new ModelId(ModelFamily.LIGHTGBM, BTC);

    private volatile InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    private final CrashableTokenStore.Log tokens = new CrashableTokenStore.Log();
    private final ArtifactStore artifacts;
    private final boolean ownThreads;
    private volatile Instant now = Instant.EPOCH;
    private volatile EventStore log =
            EmbeddedEventStore.builder().storageEngine(engine).build();
    private volatile ModelLog models = new ModelLog(log);
    final TestNews news = new TestNews(this);
    final TestBackfills backfills = new TestBackfills(this);
    final TestAudits audits = new TestAudits(this);

    /** Opens models; tests may wrap it. */
    volatile ModelSource source;

    final Outages outages = new Outages(InstantSource.system());

    private final Map<String, Object> settings = new TreeMap<>(Map.of(
            "hindcast.inference.lanes.retry-pause", "200ms", "hindcast.inference.processor.idle-claim", "100ms"));

    /** Cache of candles beside the log, from the next start on. */
    @Nullable DayFiles dayFiles;

    private @Nullable RunningProcess process;

    /** One process, from start to stop. */
    record RunningProcess(
            Configuration axon,
            AnnotationConfigApplicationContext context,
            FaultyCommandBus failures,
            @Nullable ExecutorService commandThreads) {}

    /** @param ownThreads whether commands run on other threads, in units of work of their own */
    TestPlatform(ArtifactStore artifacts, boolean ownThreads) {
        this.artifacts = artifacts;
        this.source = ModelSource.of(artifacts);
        this.ownThreads = ownThreads;
    }

    /**
     * Lets loading of all other versions fail for want of memory. Unlike a missing artifact this never abandons a
     * promotion, so it does not matter whether the failure or a join comes first.
     */
    void loadOnlyIf(Predicate<VersionRegistered> loadable) {
        ModelSource all = source;
        source = version -> {
            if (!loadable.test(version)) {
                throw new OutOfMemoryError("no memory for " + version.version());
            }
            return all.load(version);
        };
    }

    /** Sets a property of {@code hindcast.inference} for the next start. */
    void set(String property, Object value) {
        settings.put("hindcast.inference." + property, value);
    }

    // --- market

    void history(List<Candle> bars) {
        Map<LocalDate, List<Candle>> days = new TreeMap<>();
        bars.forEach(
                bar -> days.computeIfAbsent(day(bar), _ -> new ArrayList<>()).add(bar));
        days.values().forEach(day -> record(CandleSource.HISTORY, 0, day));
    }

    void live(Candle... bars) {
        record(CandleSource.LIVE, 0, List.of(bars));
    }

    void repair(int revision, Candle... bars) {
        record(CandleSource.REPAIR, revision, List.of(bars));
    }

    private synchronized void record(CandleSource source, int revision, List<Candle> bars) {
        Instant close = bars.getLast().openTime().plusSeconds(60);
        now = close.isAfter(now) ? close : now.plusMillis(1);
        MarketDayId day =
                MarketDayId.holding(BTC, Interval.ONE_MINUTE, bars.getFirst().openTime());
        append(
                day.toString(),
                new CandlesRecorded(
                        day,
                        source,
                        now,
                        Candles.of(day.day(), bars),
                        bars.stream().map(_ -> revision).toList()));
    }

    void wentLive(Instant from) {
        append(MarketId.of(BTC), new MarketWentLive(BTC, from));
    }

    // --- models

    VersionId promote(int number, ModelBundle bundle) {
        return promote(number, bundle, artifacts.put(bundle.toBytes()));
    }

    synchronized VersionId promote(int number, ModelBundle bundle, ArtifactRef artifact) {
        VersionId id = new ModelId(bundle.family(), BTC).version(number);
        append(
                id.model().toString(),
                new VersionRegistered(
                        id,
                        "BTCUSDT/" + number + "/" + bundle.family().name().toLowerCase(Locale.ROOT) + "/1",
                        artifact,
                        bundle.scorer(),
                        bundle.provenance(),
                        bundle.evaluation(),
                        now,
                        Duration.ofDays(7)));
        append(id.model().toString(), new PromotionBegun(id, artifact, bundle.scorer(), now, Optional.empty()));
        return id;
    }

    synchronized void shiftSlots(VersionId id) {
        Slots slots = models.read(id.model()).slots().promote(id.number());
        append(id.model().toString(), new SlotsShifted(id, slots, now));
    }

    ModelHistory history() {
        return history(MODEL);
    }

    private ModelHistory history(ModelId model) {
        return models.read(model);
    }

    ModelHistory.Version version(VersionId id) {
        return history(id.model()).version(id.number()).orElseThrow();
    }

    // --- the process

    FaultyCommandBus start() {
        log = EmbeddedEventStore.builder().storageEngine(engine).build();
        models = new ModelLog(log);
        CommandBus bus;
        ExecutorService threads = null;
        if (ownThreads) {
            threads =
                    Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory());
            bus = AsynchronousCommandBus.builder().executor(threads).build();
        } else {
            bus = SimpleCommandBus.builder().build();
        }
        FaultyCommandBus failures = new FaultyCommandBus(bus);
        bus.subscribe(JoinLane.class.getName(), m -> join((JoinLane) m.getPayload()));
        bus.subscribe(LeaveLane.class.getName(), m -> leave((LeaveLane) m.getPayload()));
        bus.subscribe(AbandonPromotion.class.getName(), m -> abandon((AbandonPromotion) m.getPayload()));
        bus.subscribe(BeginBackfill.class.getName(), m -> backfills.begin((BeginBackfill) m.getPayload()));
        bus.subscribe(CompleteBackfill.class.getName(), m -> backfills.complete((CompleteBackfill) m.getPayload()));
        bus.subscribe(GiveUpBackfill.class.getName(), m -> backfills.giveUp((GiveUpBackfill) m.getPayload()));
        bus.subscribe(RequestBackfill.class.getName(), m -> backfills.request((RequestBackfill) m.getPayload()));
        bus.subscribe(RecordBackfillDay.class.getName(), m -> backfills.record((RecordBackfillDay) m.getPayload()));
        bus.subscribe(
                RecordBackfillScores.class.getName(), m -> backfills.record((RecordBackfillScores) m.getPayload()));
        bus.subscribe(RecordAuditDays.class.getName(), m -> audits.record((RecordAuditDays) m.getPayload()));
        bus.subscribe(CompleteAudit.class.getName(), m -> audits.complete((CompleteAudit) m.getPayload()));
        bus.subscribe(FailAudit.class.getName(), m -> audits.fail((FailAudit) m.getPayload()));
        bus.subscribe(RecordPredictions.class.getName(), m -> record((RecordPredictions) m.getPayload()));
        bus.subscribe(
                MeasureArticleReaction.class.getName(), m -> news.measure((MeasureArticleReaction) m.getPayload()));
        bus.subscribe(RecordArticleScores.class.getName(), m -> news.record((RecordArticleScores) m.getPayload()));
        bus.subscribe(ApplyScore.class.getName(), m -> news.apply((ApplyScore) m.getPayload()));
        SimpleQueryBus queries = SimpleQueryBus.builder().build();
        var _ = new AnnotationQueryHandlerAdapter<>(news).subscribe(queries);
        var _ = new AnnotationQueryHandlerAdapter<>(audits).subscribe(queries);

        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        InstantSource clock = () -> now;
        context.registerBean("marketClock", InstantSource.class, () -> clock);
        context.registerBean("wallClock", InstantSource.class, InstantSource::system);
        context.registerBean(
                CommandGateway.class,
                () -> DefaultCommandGateway.builder().commandBus(failures).build());
        context.registerBean(
                QueryGateway.class,
                () -> DefaultQueryGateway.builder().queryBus(queries).build());
        context.registerBean(
                CandleLog.class, () -> dayFiles == null ? new CandleLog(log) : new CandleLog(log, dayFiles));
        context.registerBean(AuditedCandles.class, () -> new AuditedCandles(new CandleLog(log)));
        context.registerBean(AuditLog.class, () -> new AuditLog(log));
        context.registerBean(ModelLog.class, () -> models);
        context.registerBean(PredictionLog.class, () -> new PredictionLog(log));
        context.registerBean(ArticleLog.class, () -> new ArticleLog(log));
        context.registerBean(SentimentLog.class, () -> new SentimentLog(log));
        context.registerBean(ArtifactStore.class, () -> artifacts);
        context.registerBean("modelSource", ModelSource.class, () -> version -> source.load(version));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        context.registerBean(SimpleMeterRegistry.class, () -> meters);
        context.registerBean(
                SupervisedLoop.Context.class,
                () -> new SupervisedLoop.Context(
                        new Backoff(Duration.ofMillis(50), Duration.ofMillis(200)),
                        WallTimer.system(),
                        new Random(1),
                        outages,
                        meters));
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.registerBean(InferenceConfiguration.class);
        context.refresh();

        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureEventStore(c -> log)
                .registerComponent(TokenStore.class, c -> new CrashableTokenStore(tokens, failures::dead));
        context.getBean(ConfigurerModule.class).configureModule(configurer);
        process = new RunningProcess(configurer.start(), context, failures, threads);
        return failures;
    }

    void stop() {
        RunningProcess running = process;
        if (running != null) {
            running.axon().shutdown();
            running.context().close();
            if (running.commandThreads() != null) {
                running.commandThreads().shutdownNow();
            }
            process = null;
        }
    }

    RunningProcess process() {
        RunningProcess running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    SimpleMeterRegistry meters() {
        return process().context().getBean(SimpleMeterRegistry.class);
    }

    List<LaneStatus> lanes() {
        return process().context().getBean(LaneRegistry.class).all();
    }

    @Override
    public void close() {
        stop();
    }

    // --- rules of the aggregates

    private synchronized @Nullable Object join(JoinLane command) {
        ModelHistory history = history(command.model());
        VersionId id = command.model().version(command.number());
        ModelHistory.Version version = version(id);
        if (version.predicts()) {
            return null;
        }
        if (!history.promoting().map(id::equals).orElse(false)) {
            throw RefusedException.of("NOT_PROMOTING", "version " + id, version.state(), "one that is being promoted");
        }
        append(id.model().toString(), new LaneJoined(id, command.cut(), command.joinedAt()));
        return null;
    }

    private synchronized @Nullable Object leave(LeaveLane command) {
        VersionId id = command.model().version(command.number());
        if (version(id).predicts()) {
            append(id.model().toString(), new LaneLeft(id, command.cut(), command.leftAt()));
        }
        return null;
    }

    private synchronized @Nullable Object abandon(AbandonPromotion command) {
        VersionId id = command.model().version(command.number());
        if (history(command.model()).promoting().map(id::equals).orElse(false)) {
            append(id.model().toString(), new PromotionAbandoned(id, command.reason(), command.abandonedAt()));
        }
        return null;
    }

    private synchronized PredictionsReceipt record(RecordPredictions command) {
        String id = command.predictionDay().toString();
        Set<String> held = new HashSet<>();
        var stream = log.readEvents(id, 0);
        while (stream.hasNext()) {
            Predictions recorded = ((PredictionsRecorded) stream.next().getPayload()).predictions();
            for (int row = 0; row < recorded.size(); row++) {
                held.add(recorded.versionOf(row) + "@" + recorded.minute().get(row));
            }
        }
        Predictions asked = command.predictions();
        List<Integer> fresh = new ArrayList<>();
        for (int row = 0; row < asked.size(); row++) {
            if (held.add(asked.versionOf(row) + "@" + asked.minute().get(row))) {
                fresh.add(row);
            }
        }
        if (!fresh.isEmpty()) {
            append(
                    id,
                    new PredictionsRecorded(
                            command.predictionDay(),
                            command.recordedAt(),
                            new Predictions(
                                    asked.versions(),
                                    asked.scorers(),
                                    fresh.stream().map(asked.version()::get).toList(),
                                    fresh.stream().map(asked.minute()::get).toList(),
                                    fresh.stream().map(asked.barRevision()::get).toList(),
                                    fresh.stream().map(asked.sell()::get).toList(),
                                    fresh.stream().map(asked.hold()::get).toList(),
                                    fresh.stream().map(asked.buy()::get).toList()),
                            fresh.stream().map(_ -> PredictionOrigin.LIVE).toList()));
        }
        return new PredictionsReceipt(fresh.size(), asked.size() - fresh.size());
    }

    synchronized void append(String aggregateId, Object payload) {
        long sequence =
                log.lastSequenceNumberFor(aggregateId).map(last -> last + 1).orElse(0L);
        log.publish(new GenericDomainEventMessage<>("Test", aggregateId, sequence, payload));
    }

    /** Changes the payloads of the log's events in place, as one with access to the database could. */
    synchronized void tamper(UnaryOperator<Object> change) {
        List<DomainEventMessage<?>> events = events();
        engine = new InMemoryEventStorageEngine();
        for (DomainEventMessage<?> event : events) {
            engine.appendEvents(new GenericDomainEventMessage<>(
                    event.getType(),
                    event.getAggregateIdentifier(),
                    event.getSequenceNumber(),
                    change.apply(event.getPayload()),
                    event.getMetaData(),
                    event.getIdentifier(),
                    event.getTimestamp()));
        }
    }

    /** Returns the payloads of an aggregate's events. */
    List<Object> payloads(String aggregateId) {
        List<Object> payloads = new ArrayList<>();
        var stream = log.readEvents(aggregateId, 0);
        while (stream.hasNext()) {
            payloads.add(stream.next().getPayload());
        }
        return payloads;
    }

    Instant now() {
        return now;
    }

    /** All events of the log, in order. */
    List<DomainEventMessage<?>> events() {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        try (var all = engine.readEvents(null, false).map(e -> (DomainEventMessage<?>) e)) {
            all.forEach(events::add);
        }
        return events;
    }

    private static LocalDate day(Candle bar) {
        return UtcDay.of(bar.openTime());
    }
}
