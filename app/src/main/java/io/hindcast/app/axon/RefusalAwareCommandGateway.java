package io.hindcast.app.axon;

import io.hindcast.api.RefusedException;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Command gateway that returns refusals to their sender without a warning in the log, unlike its base class. Failures
 * are logged as warnings. {@code MessageTimeMonitor} counts refusals and logs them at debug level.
 */
final class RefusalAwareCommandGateway extends DefaultCommandGateway {

    private static final Logger log = LoggerFactory.getLogger(RefusalAwareCommandGateway.class);

    RefusalAwareCommandGateway(Builder builder) {
        super(builder);
    }

    @Override
    public <R> CompletableFuture<R> send(Object command) {
        FutureCallback<Object, R> answer = new FutureCallback<>();
        send(command, (CommandMessage<? extends Object> sent, CommandResultMessage<? extends R> result) -> {
            if (result.isExceptional() && RefusedException.in(result.exceptionResult()) == null) {
                log.warn(
                        "{} failed: {}",
                        sent.getCommandName(),
                        result.exceptionResult().toString());
            }
            answer.onResult(sent, result);
        });
        return answer.thenCompose(result -> result.isExceptional()
                ? CompletableFuture.failedFuture(result.exceptionResult())
                : CompletableFuture.completedFuture(result.getPayload()));
    }
}
