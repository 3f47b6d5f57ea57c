package io.hindcast.app.axon;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.RefusedException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.LoggingDuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.monitoring.NoOpMessageMonitor;
import org.junit.jupiter.api.Test;

class LocalSegmentCommandBusTest {

    private final LocalSegmentCommandBus bus =
            new LocalSegmentCommandBus(LoggingDuplicateCommandHandlerResolver.instance(), NoOpMessageMonitor.INSTANCE);

    @Test
    void marksTransientFailuresInTheirDetails() {
        ConcurrencyException conflict = new ConcurrencyException("two writers");
        assertThat(failure(command -> {
                    throw conflict;
                }))
                .isInstanceOfSatisfying(CommandExecutionException.class, marked -> {
                    assertThat(marked.getDetails()).contains(TransientFailure.CONFLICT);
                    assertThat(marked).hasMessage("two writers").hasCause(conflict);
                });
    }

    @Test
    void leavesRefusalsAndPermanentFailuresUnchanged() {
        RefusedException refused = RefusedException.of("BAD", "field", 1, "2");
        assertThat(failure(command -> {
                    throw refused;
                }))
                .isSameAs(refused);
        IllegalStateException fault = new IllegalStateException("broken");
        assertThat(failure(command -> {
                    throw fault;
                }))
                .isSameAs(fault);
    }

    private Throwable failure(MessageHandler<CommandMessage<?>> handler) {
        bus.subscribe("command", handler);
        FutureCallback<String, Object> answer = new FutureCallback<>();
        bus.dispatch(
                new GenericCommandMessage<>(new org.axonframework.messaging.GenericMessage<>("payload"), "command"),
                answer);
        return answer.getResult().exceptionResult();
    }
}
