package io.hindcast.sagas.training;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a decision's command and tells a refusal, which is an answer, from a failure, which is none: failures are
 * thrown, so that the event that led here is handled again.
 */
final class CommandSender {
    private static final Logger log = LoggerFactory.getLogger(CommandSender.class);
    private static final long TIMEOUT_SECONDS = 10;

    private CommandSender() {}

    /** True if the command was accepted, false if it was refused for what it asks. */
    static boolean accepted(CommandGateway commands, Object command) {
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
