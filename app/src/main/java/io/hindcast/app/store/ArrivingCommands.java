package io.hindcast.app.store;

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
 * Handles commands that come from other processes, and tells those which of their failures pass: an exception loses its
 * class on the way, its details stay.
 */
final class ArrivingCommands extends SimpleCommandBus {

    ArrivingCommands(DuplicateCommandHandlerResolver duplicates, MessageMonitor<? super CommandMessage<?>> monitor) {
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
                        callback.onResult(handled, told(result)));
    }

    private static <R> CommandResultMessage<? extends R> told(CommandResultMessage<? extends R> result) {
        if (!result.isExceptional()) {
            return result;
        }
        Throwable failure = result.exceptionResult();
        return CommandRetries.passing(failure)
                .<CommandResultMessage<? extends R>>map(passing -> GenericCommandResultMessage.asCommandResultMessage(
                        new CommandExecutionException(String.valueOf(failure.getMessage()), failure, passing)))
                .orElse(result);
    }
}
