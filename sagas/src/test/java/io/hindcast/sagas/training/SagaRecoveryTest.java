package io.hindcast.sagas.training;

import static io.hindcast.api.model.ModelFamily.LIGHTGBM;
import static io.hindcast.api.model.ModelFamily.TST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.HindcastJson;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.runtime.Outages;
import io.hindcast.sagas.SagasConfiguration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.SimpleDeadlineManager;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.axonframework.serialization.json.JacksonSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The processor as configured, on stores that outlive it. */
class SagaRecoveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final InMemoryEventStorageEngine log = new InMemoryEventStorageEngine();
    private final TokenStore tokens = new InMemoryTokenStore();
    private final SagaStore<Object> sagas = new InMemorySagaStore();
    private final List<Object> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Outages outages = new Outages(() -> CycleEvents.NOON);
    private Configuration axon = start();

    @AfterEach
    void stop() {
        axon.shutdown();
    }

    @Test
    void failedCommandIsSentAgainAndNoEventIsSkipped() {
        failuresLeft.set(1);
        axon.eventGateway().publish(CycleEvents.requested(LIGHTGBM), CycleEvents.sliced());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(accepted).hasSize(1).hasOnlyElementsOfType(QueueTrainingRun.class));
        assertThat(attempts).hasValueGreaterThan(1);
    }

    @Test
    void handlesEventsRecordedBeforeTheFirstStart() {
        axon.shutdown();
        InMemoryEventStorageEngine older = new InMemoryEventStorageEngine();
        older.appendEvents(
                GenericEventMessage.asEventMessage(CycleEvents.requested(LIGHTGBM)),
                GenericEventMessage.asEventMessage(CycleEvents.sliced()));
        axon = start(older, new InMemoryTokenStore());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(accepted).hasSize(1).hasOnlyElementsOfType(QueueTrainingRun.class));
    }

    @Test
    void newProcessContinuesWhereTheOldOneStopped() {
        axon.eventGateway()
                .publish(CycleEvents.requested(LIGHTGBM), CycleEvents.sliced(), CycleEvents.succeeded(LIGHTGBM, 1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(accepted).hasSize(2));
        axon.shutdown();
        axon = start();
        axon.eventGateway().publish(CycleEvents.registered(LIGHTGBM, 1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(accepted)
                        .extracting(Object::getClass)
                        .containsExactly(QueueTrainingRun.class, RegisterVersion.class, BeginPromotion.class));
    }

    @Test
    void marketThatGoesLiveGetsItsFirstCycle() {
        recorded(CycleEvents.BTC);
        axon.eventGateway().publish(new MarketWentLive(CycleEvents.BTC, CycleEvents.NOON));
        RequestTrainingCycle expected = new RequestTrainingCycle(
                CycleEvents.BTC,
                "first",
                List.of(LIGHTGBM, TST),
                new TrainingSpec(
                        LabelSpec.DEFAULT,
                        CycleEvents.NOON.minus(Duration.ofDays(182)),
                        CycleEvents.NOON.minus(Duration.ofMinutes(1)),
                        CycleSeed.of(CycleEvents.BTC, 1)),
                CycleEvents.NOON);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(accepted).containsExactly(expected));
        assertThat(CycleSeed.of(CycleEvents.BTC, 1))
                .isNotEqualTo(CycleSeed.of(CycleEvents.BTC, 2))
                .isPositive();
    }

    @Test
    void marketWithoutCandlesGetsNoCycleButAnOutage() {
        axon.eventGateway().publish(new MarketWentLive(CycleEvents.BTC, CycleEvents.NOON));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(outages.current())
                        .singleElement()
                        .satisfies(outage -> {
                            assertThat(outage.part()).isEqualTo("training of BTCUSDT");
                            assertThat(outage.summary())
                                    .contains("No training cycle of BTCUSDT was started", "no candle", "Train now");
                        }));
        assertThat(accepted).isEmpty();
    }

    private void recorded(Symbol symbol) {
        axon.eventStore()
                .publish(new GenericDomainEventMessage<>("MarketDay", symbol + ":1m:2022-01-30", 0, "candles"));
    }

    @Test
    void marketWithTrainingProgramGetsNoSecondFirstCycle() {
        recorded(CycleEvents.BTC);
        recorded(new Symbol("ETHUSDT"));
        axon.eventStore()
                .publish(new GenericDomainEventMessage<>(
                        "TrainingProgram", TrainingProgramId.of(CycleEvents.BTC), 0, CycleEvents.ended()));
        axon.eventGateway().publish(new MarketWentLive(CycleEvents.BTC, CycleEvents.NOON));
        axon.eventGateway().publish(new MarketWentLive(new Symbol("ETHUSDT"), CycleEvents.NOON));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(accepted)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                RequestTrainingCycle.class,
                                command -> assertThat(command.symbol()).isEqualTo(new Symbol("ETHUSDT"))));
    }

    @Test
    void processorRefusesReset() {
        TrackingEventProcessor processor = (TrackingEventProcessor) axon.eventProcessingConfiguration()
                .eventProcessor(TrainingCycleSaga.PROCESSOR, EventProcessor.class)
                .orElseThrow();
        assertThat(processor.supportsReset()).isFalse();
    }

    private Configuration start() {
        return start(log, tokens);
    }

    private Configuration start(InMemoryEventStorageEngine engine, TokenStore tokenStore) {
        ConfigurerModule sagasModule = SagaWiring.module(() -> CycleEvents.NOON, outages);
        SimpleCommandBus commands = SimpleCommandBus.builder().build();
        for (Class<?> command : List.of(
                RequestTrainingCycle.class, QueueTrainingRun.class, RegisterVersion.class, BeginPromotion.class)) {
            commands.subscribe(command.getName(), message -> {
                attempts.incrementAndGet();
                if (failuresLeft.getAndDecrement() > 0) {
                    throw new IllegalStateException("the database is away");
                }
                if (accepted.contains(message.getPayload())) {
                    throw RefusedException.of("TWICE", "command", message.getPayload(), "once");
                }
                accepted.add(message.getPayload());
                return null;
            });
        }
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(c -> JacksonSerializer.builder()
                        .objectMapper(HindcastJson.mapper())
                        .build())
                .configureCommandBus(c -> commands)
                .configureEmbeddedEventStore(c -> engine)
                .registerComponent(TokenStore.class, c -> tokenStore)
                .registerComponent(SagaStore.class, c -> sagas)
                .registerComponent(
                        DeadlineManager.class,
                        c -> SimpleDeadlineManager.builder()
                                .scopeAwareProvider(new ConfigurationScopeAwareProvider(c))
                                .build());
        sagasModule.configureModule(configurer);
        return configurer.start();
    }

    /** Creates the package-private beans in a Spring context. */
    private static final class SagaWiring {
        static ConfigurerModule module(InstantSource clock, Outages outages) {
            var context = new org.springframework.context.annotation.AnnotationConfigApplicationContext();
            context.registerBean("marketClock", InstantSource.class, () -> clock);
            context.registerBean(Outages.class, () -> outages);
            context.registerBean(SagasConfiguration.class);
            context.refresh();
            return context.getBean(ConfigurerModule.class);
        }
    }
}
