package io.hindcast.training.dispatch;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands of the training room to the programs. */
final class TrainingCommands {

    private static final Logger log = LoggerFactory.getLogger(TrainingCommands.class);
    private static final long SECONDS = 10;

    private final CommandGateway gateway;

    TrainingCommands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Sends a command and waits.
     *
     * @return false if it was refused, because the state has changed meanwhile
     * @throws RuntimeException if there was no answer
     */
    boolean accepted(Object command) {
        try {
            gateway.sendAndWait(command, SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (RuntimeException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null) {
                throw e;
            }
            log.warn("{} was refused: {}", command.getClass().getSimpleName(), refusal.message());
            return false;
        }
    }
}
