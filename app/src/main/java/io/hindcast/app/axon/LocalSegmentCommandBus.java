package io.hindcast.app.axon;

import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.monitoring.MessageMonitor;

/**
 * Local segment of a distributed command bus: handles commands from other processes, and marks their transient failures
 * in the details of the exception, which travel between processes while exception classes do not.
 */
final class LocalSegmentCommandBus extends SimpleCommandBus {

    LocalSegmentCommandBus(
            DuplicateCommandHandlerResolver duplicates, MessageMonitor<? super CommandMessage<?>> monitor) {
        super(SimpleCommandBus.builder()
                .duplicateCommandHandlerResolver(duplicates)
                .messageMonitor(monitor));
    }

    @Override
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        super.handle(
                command,
                handler,
                (CommandMessage<? extends C> handled, CommandResultMessage<? extends R> result) ->
                        callback.onResult(handled, withDetails(result)));
    }

    private static <R> CommandResultMessage<? extends R> withDetails(CommandResultMessage<? extends R> result) {
        if (!result.isExceptional()) {
            return result;
        }
        Throwable failure = result.exceptionResult();
        return TransientFailure.of(failure)
                .<CommandResultMessage<? extends R>>map(reason -> GenericCommandResultMessage.asCommandResultMessage(
                        new CommandExecutionException(String.valueOf(failure.getMessage()), failure, reason)))
                .orElse(result);
    }
}
