package io.hindcast.sagas;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands and distinguishes a refusal, which is a valid answer, from a technical failure, which is thrown, so
 * that the event that led to the command is handled again.
 */
public final class CommandSender {
    private static final Logger log = LoggerFactory.getLogger(CommandSender.class);
    private static final long TIMEOUT_SECONDS = 10;

    private CommandSender() {}

    /** Sends a command and returns whether it was accepted; false if it was refused for its content. */
    public static boolean accepted(CommandGateway commands, Object command) {
        try {
            commands.sendAndWait(command, TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (CommandExecutionException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null) {
                throw e;
            }
            log.debug("{} was refused: {}", command.getClass().getSimpleName(), refusal.message());
            return false;
        }
    }
}
