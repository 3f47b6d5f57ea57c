package io.hindcast.sagas.training;

import static io.hindcast.api.model.ModelFamily.LIGHTGBM;
import static io.hindcast.api.model.ModelFamily.TST;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.HindcastJson;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.training.QueueTrainingRun;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.serialization.json.JacksonSerializer;
import org.junit.jupiter.api.Test;

class SagaStateTest {
    private final List<Object> sent = new ArrayList<>();
    private final CommandGateway commands = gateway();
    private final CycleLimits limits = new CycleLimits(
            3,
            new CycleLimits.Timeouts(Duration.ofDays(1), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(1)),
            CycleEvents.EXPIRY,
            () -> CycleEvents.NOON);
    /** Schedules nothing, since deadlines are scheduled in the scope of a managed saga only. */
    private final DeadlineManager deadlines = (DeadlineManager) Proxy.newProxyInstance(
            DeadlineManager.class.getClassLoader(),
            new Class<?>[] {DeadlineManager.class},
            (_, method, _) -> method.getReturnType() == String.class ? "scheduled" : null);

    @Test
    void sagaStoredAsJsonContinuesFromTheSameState() {
        JacksonSerializer serializer =
                JacksonSerializer.builder().objectMapper(HindcastJson.mapper()).build();
        TrainingCycleSaga saga = new TrainingCycleSaga();
        saga.on(CycleEvents.requested(LIGHTGBM, TST), deadlines, limits);
        saga.on(CycleEvents.sliced(), commands);
        saga.on(CycleEvents.failed(LIGHTGBM, 1), commands, deadlines, limits);

        String json = serializer.serialize(saga, String.class).getData();
        TrainingCycleSaga restored = serializer.deserialize(serializer.serialize(saga, byte[].class));
        assertThat(serializer.serialize(restored, String.class).getData()).isEqualTo(json);

        sent.clear();
        restored.on(CycleEvents.succeeded(LIGHTGBM, 1), commands, deadlines, limits);
        restored.on(CycleEvents.succeeded(LIGHTGBM, 2), commands, deadlines, limits);
        restored.on(CycleEvents.failed(TST, 1), commands, deadlines, limits);
        assertThat(sent)
                .containsExactly(CycleEvents.register(LIGHTGBM, 2), CycleEvents.queue(TST, 2, CycleEvents.NOON));
    }

    private CommandGateway gateway() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        for (Class<?> command : List.of(QueueTrainingRun.class, RegisterVersion.class)) {
            bus.subscribe(command.getName(), message -> sent.add(message.getPayload()));
        }
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }
}
